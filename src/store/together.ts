/** What does not wait for each other goes to the database as one statement: most of what a small one costs is the going. */
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

interface Asked {
  readonly query: SQL;
  readonly resolve: (rows: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Executor {
  execute(query: SQL): PromiseLike<unknown>;
}

const gathering = new WeakMap<object, Asked[]>();

/** The rows of a read that goes together with others; null where it goes by itself. */
export function gathered(db: object, query: SQL): Promise<unknown> | null {
  const asked = gathering.get(db);
  if (asked === undefined) return null;
  return new Promise((resolve, reject) => asked.push({ query, resolve, reject }));
}

const answerSchema = z.object({ rows: z.tuple([z.record(z.string(), z.unknown())]) });

/**
 * Starts these reads, and sends as one statement what they ask for before any of them has waited; what one asks for
 * afterwards goes by itself. For reads alone: nothing here says in which order they happen.
 */
export async function together<P extends readonly Promise<unknown>[]>(
  db: Executor,
  start: () => readonly [...P],
): Promise<{ -readonly [K in keyof P]: Awaited<P[K]> }> {
  // Within others' reads: they go with those.
  if (gathering.has(db)) return Promise.all(start());
  const asked: Asked[] = [];
  gathering.set(db, asked);
  let reads: readonly [...P];
  try {
    reads = start();
  } finally {
    gathering.delete(db);
  }
  const [answers] = await Promise.all([Promise.all(reads), ask(db, asked)]);
  return answers;
}

/** By name; null stands for one that is not needed. */
export type Writes = Readonly<Record<string, SQL | null>>;

/** Writes of which none touches what another does, as one statement. */
export async function writeTogether(db: Executor, writes: Writes): Promise<void> {
  if (Object.values(writes).some((write) => write !== null)) await db.execute(allAtOnce(writes, sql`select`));
}

/** The statement that does these writes and answers with `answer`, which reads from what they return by their names. */
export const allAtOnce = (writes: Writes, answer: SQL): SQL => {
  const parts = Object.entries(writes).flatMap(([name, write]) =>
    write === null ? [] : [sql`${sql.identifier(name)} as (${write})`],
  );
  return sql`with ${sql.join(parts, sql`, `)} ${answer}`;
};

async function ask(db: Executor, asked: readonly Asked[]): Promise<void> {
  if (asked.length === 0) return;
  const lists = asked.map(
    ({ query }, i) =>
      sql`(select coalesce(json_agg(q), '[]') from (${query}) q) as ${sql.identifier(`r${i}`)}`,
  );
  try {
    const { rows } = answerSchema.parse(await db.execute(sql`select ${sql.join(lists, sql`, `)}`));
    asked.forEach(({ resolve }, i) => resolve(rows[0][`r${i}`]));
  } catch (error) {
    for (const { reject } of asked) reject(error);
  }
}
