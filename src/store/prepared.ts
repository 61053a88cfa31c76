/**
 * Statements that come again are parsed and planned once per connection. Planning a query of ours takes the embedded
 * database two to ten times as long as running it.
 */
import { sql } from "drizzle-orm";
import type { ClientBase, QueryConfig } from "pg";

/**
 * A plan outlives the moment it was made in: a queue that was empty then may hold thousands now. Every lookup here has
 * its index, so it is always taken. What has none looks so dear then that a server would compile it to machine code.
 * And a plan for lists of any length looks dearer than one for the list in hand, so that none would ever be kept.
 * What is looked up for each row of a list says so itself, by `offset 0` or by naming the keys again: else a plan made
 * while its table was small reads the table whole, and goes on doing so when it is large.
 */
export const PLAN_BY_INDEX = "-c enable_seqscan=off -c jit=off -c plan_cache_mode=force_generic_plan";

const ANEW = "/* planned anew */";
/** In the text of a statement that is planned each time it is run: what waits in a line is ten now and ten thousand soon. */
export const PLANNED_ANEW = sql.raw(ANEW);

/** A statement seen this often will come again. */
const SEEN_BEFORE_PREPARED = 3;
/** The program has fewer texts than this; a plan holds up to 50 KB of the database's memory. */
const MAX_PREPARED = 250;
/** Texts that differ with the length of a list are forgotten together when there are so many. */
const MAX_COUNTED = 2_000;

/** Texts and their names, shared by all connections. */
const names = new Map<string, string>();
const counts = new Map<string, number>();

function nameOf(text: string): string | undefined {
  const name = names.get(text);
  if (name !== undefined || names.size >= MAX_PREPARED || text.includes(ANEW)) return name;
  const count = (counts.get(text) ?? 0) + 1;
  if (count < SEEN_BEFORE_PREPARED) {
    if (counts.size >= MAX_COUNTED) counts.clear();
    counts.set(text, count);
    return undefined;
  }
  counts.delete(text);
  const given = `s${names.size}`;
  names.set(text, given);
  return given;
}

/** A statement with parameters; plain texts are for what is said once, such as `begin` or a migration. */
const isStatement = (query: unknown): query is QueryConfig =>
  typeof query === "object" &&
  query !== null &&
  "text" in query &&
  typeof query.text === "string" &&
  !("submit" in query) &&
  !("name" in query && query.name !== undefined);

/** From now on `client` prepares what it is asked again and again. */
export function prepareRepeated(client: ClientBase): void {
  // Overloaded a dozen times, so it is taken and put back without its type.
  const query: unknown = Reflect.get(client, "query");
  if (typeof query !== "function") return;
  Reflect.set(client, "query", (asked: unknown, ...rest: unknown[]) => {
    const named = isStatement(asked) ? { ...asked, name: nameOf(asked.text) } : asked;
    const answer: unknown = Reflect.apply(query, client, [named, ...rest]);
    return answer;
  });
}
