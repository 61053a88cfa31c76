/** What lies in the tables and in the data folder once everything has stopped. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { evidenceFolder } from "../../src/app/evidence";
import type { Instant } from "../../src/core/clock";
import { sha256Hex } from "../../src/core/ids";
import { kindOfReason } from "../../src/zalo/error-table";
import { openEmbedded, openServer, rowsOf, type Store } from "../../src/store/database";

export interface Counted {
  /** Events answered with 200. */
  readonly events: number;
  readonly photos: number;
  /** Keys of the events in the order in which they were answered with 200. */
  readonly taken: readonly string[];
  /** Ids of the messages that reached a phone, in their order. */
  readonly arrived: readonly string[];
  /** What waits for a moment after this one may wait. */
  readonly now: Instant;
}

const countsRow = z.object({ what: z.string(), n: z.coerce.number() });

const answerRow = z.object({
  personId: z.string(),
  messageId: z.string().nullable(),
  at: z.coerce.number(),
  id: z.coerce.number(),
  eventKey: z.string(),
  lastError: z.string().nullable(),
});
type Answer = z.infer<typeof answerRow>;

/** The platform took it only once its person had written again: what was said meanwhile may have come first. */
const wasHeld = ({ lastError }: Answer): boolean =>
  ["window", "no-funds"].includes(kindOfReason(lastError ?? "") ?? "");

/**
 * Answers of one person that came in another order than their questions: at the turn (the earlier question was taken
 * first and is answered second) or on the way (the later answer arrived first). A number alone does not tell who was
 * first: it is given before the row is there, and on its way there a question may be held up.
 */
async function outOfOrder(
  store: Store,
  { arrived, taken }: Pick<Counted, "arrived" | "taken">,
): Promise<string[]> {
  const answers = await rowsOf(
    store.db,
    sql`select d.person_id as "personId", d.message_id as "messageId", i.occurred_at as at, i.id,
      i.event_key as "eventKey", d.last_error as "lastError"
      from deliveries d join inbox i on i.event_key = d.event_key where d.kind = 'reply' order by d.person_id, d.seq`,
    answerRow,
  );
  const places = new Map(arrived.map((messageId, place) => [messageId, place]));
  // Of one that was delivered twice the first time counts.
  const turns = new Map(taken.map((eventKey, place) => [eventKey, place] as const).reverse());
  const takenAt = ({ eventKey }: Answer): number => turns.get(eventKey) ?? Infinity;
  const placeOf = ({ messageId }: Answer) => places.get(messageId ?? "");
  return answers.flatMap((answer, i) => {
    const before = answers[i - 1];
    if (before?.personId !== answer.personId) return [];
    const [earlier, later] = [placeOf(before), placeOf(answer)];
    return [
      ...(before.id > answer.id && before.at > answer.at && takenAt(answer) < takenAt(before)
        ? [`event ${answer.id} answered after ${before.id}`]
        : []),
      ...(earlier !== undefined && later !== undefined && earlier > later && !wasHeld(before)
        ? [`the answer to event ${answer.id} arrived before that to ${before.id} (${before.lastError})`]
        : []),
    ];
  });
}

const attachmentRow = z.object({
  state: z.string(),
  sha256: z.string().nullable(),
  failure: z.string().nullable(),
});

/** Pictures that people sent with their reports: each on record once, and whole in the folder. */
async function wrongEvidence(store: Store, dataDir: string, photos: number): Promise<string[]> {
  const rows = await rowsOf(store.db, sql`select state, sha256, failure from attachments`, attachmentRow);
  const wrong = rows.length === photos ? [] : [`${rows.length} pictures on record, ${photos} sent`];
  for (const { state, sha256, failure } of rows) {
    const bytes = await readFile(join(evidenceFolder(dataDir), sha256 ?? "none")).catch(() => null);
    if (state !== "stored" || bytes === null || sha256Hex(bytes) !== sha256)
      wrong.push(`a picture is ${state} ${failure ?? ""}${bytes === null ? ", without its file" : ""}`);
  }
  return wrong;
}

export async function checkStore(
  url: string | undefined,
  dataDir: string,
  counted: Counted,
): Promise<string[]> {
  const { events, photos, now } = counted;
  const store: Store = url === undefined ? await openEmbedded(dataDir) : await openServer(url);
  try {
    const states = await rowsOf(
      store.db,
      sql`select state as what, count(*) as n from inbox group by 1`,
      countsRow,
    );
    const statuses = await rowsOf(
      store.db,
      sql`select status || ' ' || kind || coalesce(': ' || last_error, '') as what, count(*) as n from deliveries d
          where not (status = 'later' and not_before > ${now})
          and not (status = 'unknown' and kind in ('reminder', 'digest'))
          and not (status in ('queued', 'later') and exists (select 1 from deliveries b where b.person_id = d.person_id
            and b.status = 'later' and b.not_before > ${now} and b.seq < d.seq)) group by 1`,
      countsRow,
    );
    const kept = await rowsOf(
      store.db,
      sql`select kind as what, count(*) as n from inbox where kind in ('user_send_text', 'user_send_image') group by 1`,
      countsRow,
    );
    const doubled = await rowsOf(
      store.db,
      sql`select event_key as what, count(*) as n from deliveries where kind = 'reply'
          and message->>'text' like '%menu%' group by event_key, message having count(*) > 1`,
      countsRow,
    );
    const onRecord = (kind: string) => kept.find(({ what }) => what === kind)?.n ?? 0;
    return [
      ...states
        .filter(({ what }) => what === "waiting" || what === "parked")
        .map(({ what, n }) => `${n} events ${what}`),
      ...statuses
        .filter(({ what }) => !/^(sent|never)/.test(what))
        .map(({ what, n }) => `${n} messages ${what}`),
      ...[["user_send_text", events] as const, ["user_send_image", photos] as const]
        .filter(([kind, n]) => onRecord(kind) !== n)
        .map(([kind, n]) => `${onRecord(kind)} of ${kind} on record, ${n} answered with 200`),
      ...(await outOfOrder(store, counted)),
      ...doubled.map(({ what, n }) => `${n} answers to ${what}`),
      ...(await wrongEvidence(store, dataDir, photos)),
    ];
  } finally {
    await store.close();
  }
}
