/** How a batch of turns lands: everything they ask for in one transaction, and most of it in one statement. */
import { sql, type SQL } from "drizzle-orm";
import type { Instant } from "../core/clock";
import type { Ids } from "../core/ids";
import type { TurnContext } from "../conversation/context";
import type { Effect } from "../conversation/effects";
import { isNews } from "../conversation/event";
import type { Message } from "../conversation/message";
import type { Turn } from "../conversation/turn";
import { rowsOf, type Db } from "../store/database";
import { anyOf, asRecords } from "../store/lists";
import { allAtOnce, writeTogether } from "../store/together";
import type { WaitingEvent } from "./line";
import { releaseOf, type Claimed } from "./outbox";
import { claimedOf, numbered, spokenRows, writtenBy, writtenRow, type Outgoing, type Places } from "./spoken";

export interface TurnDone {
  readonly personId: string;
  readonly eventKey: string;
  readonly receivedAt: Instant;
  readonly effects: readonly Effect[];
}

/** What the worker needs from the rooms that own the data. */
export interface TurnDesk {
  /** Everything the turns of a batch may look at, in a number of queries that does not grow with the batch. */
  load(db: Db, waiting: readonly WaitingEvent[], now: Instant): Promise<ReadonlyMap<string, TurnContext>>;
  /** Lands what turns asked for, except what they said. Throws `stale` when the state has changed since. */
  apply(db: Db, done: readonly TurnDone[], now: Instant): Promise<void>;
}

export interface LandingParts {
  readonly ids: Ids;
  readonly desk: TurnDesk;
  readonly fit: (message: Message) => Message[];
  /** For whom answers are claimed that can go at once. */
  readonly hand: Places;
}

/** An event and the turn that it brought about. */
export interface Taken {
  readonly job: WaitingEvent;
  readonly turn: Turn;
}

/** What the turns of a batch have left in the outbox: answers that are claimed, and people for whom more waits. */
export interface Said {
  readonly claimed: readonly Claimed[];
  readonly left: readonly string[];
}
export const NOTHING_SAID: Said = { claimed: [], left: [] };

/** Lands the turns inside the worker's transaction. Throws `stale` when what they rest on has changed since. */
export async function land(
  parts: LandingParts,
  tx: Db,
  turns: readonly Taken[],
  now: Instant,
): Promise<Said> {
  const done = turns.map(({ job, turn }) => ({
    personId: job.personId,
    eventKey: job.eventKey,
    receivedAt: job.receivedAt,
    effects: turn.effects,
  }));
  await parts.desk.apply(tx, done, now);
  const spoken = numbered(
    done.flatMap((turn) => spokenBy(turn, parts.fit)),
    parts.ids,
    now,
  );
  const wrote = turns.filter(({ job }) => !isNews(job.event)).map(({ job }) => job.personId);
  const inOutbox = {
    spoken: spokenRows(spoken, now, parts.hand),
    released: wrote.length === 0 ? null : releaseOf(wrote, now),
  };
  const writes = {
    ...inOutbox,
    sessions: sessionRows(turns, now),
    done: sql`update inbox set state = 'done', handled_at = ${now} where id = ${anyOf(turns.map(({ job }) => String(job.id)))}`,
  };
  const names = Object.entries(inOutbox).flatMap(([name, write]) => (write === null ? [] : [name]));
  if (names.length === 0) {
    await writeTogether(tx, writes);
    return NOTHING_SAID;
  }
  const written = await rowsOf(tx, allAtOnce(writes, writtenBy(names)), writtenRow);
  return {
    claimed: claimedOf(spoken, written, now),
    left: written.filter(({ status }) => status !== "sending").map(({ personId }) => personId),
  };
}

function spokenBy(turn: TurnDone, fit: LandingParts["fit"]): Outgoing[] {
  return turn.effects.flatMap((effect) =>
    effect.type !== "say"
      ? []
      : effect.messages.flatMap(fit).map((message, i) => ({
          personId: turn.personId,
          kind: effect.kind,
          message,
          eventKey: turn.eventKey,
          ...(effect.groupId === undefined ? {} : { groupId: effect.groupId }),
          ...(effect.uniqueKey === undefined ? {} : { uniqueKey: `${effect.uniqueKey}:${i}` }),
        })),
  );
}

function sessionRows(turns: readonly Taken[], now: Instant): SQL | null {
  const changed = turns.filter(({ job, turn }) => turn.session !== job.session);
  if (changed.length === 0) return null;
  const sessions = changed.map(({ job, turn }) => ({ personId: job.personId, data: turn.session }));
  // A person who asked to be forgotten in this very turn is gone, and so is the session.
  return sql`
    insert into sessions (person_id, data, updated_at)
    select v."personId", v.data, ${now}::bigint from jsonb_to_recordset(${asRecords(sessions)}) as v("personId" text, data jsonb)
    where exists (select 1 from persons p where p.id = v."personId" offset 0)
    on conflict (person_id) do update set data = excluded.data, updated_at = excluded.updated_at`;
}
