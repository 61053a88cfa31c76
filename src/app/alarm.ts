/**
 * Alarms: to the log, and to the staff of the campaign's office in their chat. When a cause was last told stands
 * in the database, so that neither a wave of failures nor a second replica tells it again.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Alarm } from "../core/alarm";
import { DAY_MS, MINUTE_MS, type Instant } from "../core/clock";
import { messageOf } from "../core/errors";
import { postNews } from "../messaging/inbox";
import { linkedTo } from "../people/persons";
import { rowsOf, type Db } from "../store/database";
import type { Rooms } from "./rooms";

export interface Alarms {
  /** Tells the operators, unless they have heard of this cause within its quiet time. Never rejects. */
  readonly raise: (alarm: Alarm) => Promise<void>;
  /** The cause is gone: `text` tells those who heard the alarm, and the next alarm of this cause is told at once. */
  readonly clear: (cause: string, text: string) => Promise<void>;
}

export const ALARM_MARK = "alarm:";
/** A failing wave raises the same alarm thousands of times; this process asks the database once a minute at most. */
const ASK_EVERY_MS = MINUTE_MS;

const toldRow = z.object({ name: z.string() });

export function createAlarms(
  { store, clock, log, campaign }: Rooms,
  wake: () => void,
  onTold: (cause: string) => void = () => undefined,
): Alarms {
  const askedAt = new Map<string, Instant>();

  async function post(db: Db, key: string, text: string, now: Instant): Promise<void> {
    const people = await linkedTo(db, [campaign.office], "staff");
    const items = people.map((personId) => ({
      personId,
      key: `${key}:${now}:${personId}`,
      news: { kind: "alarm" as const, text },
    }));
    await postNews(db, items, now);
  }

  async function tell({ cause, text, quietMs = DAY_MS }: Alarm, now: Instant): Promise<boolean> {
    return store.transaction(async (tx) => {
      const told = await rowsOf(
        tx,
        sql`insert into marks (name, value, updated_at) values (${ALARM_MARK + cause}, '{"open": true}', ${now})
          on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at
          where marks.updated_at <= ${now - quietMs} or marks.value ->> 'open' = 'false' returning name`,
        toldRow,
      );
      if (told.length > 0) await post(tx, ALARM_MARK + cause, text, now);
      return told.length > 0;
    });
  }

  async function raise(alarm: Alarm): Promise<void> {
    const now = clock.now();
    if (now - (askedAt.get(alarm.cause) ?? -Infinity) < ASK_EVERY_MS) return;
    askedAt.set(alarm.cause, now);
    const { cause, text } = alarm;
    try {
      if (!(await tell(alarm, now))) return;
      log.error("alarm", { cause, alarm: text });
      onTold(cause);
      wake();
    } catch (error) {
      log.error("alarm", { cause, alarm: text });
      log.error("an alarm could not be told", { cause, reason: messageOf(error) });
    }
  }

  return {
    raise,
    async clear(cause, text) {
      const now = clock.now();
      const cleared = await store.transaction(async (tx) => {
        const rows = await rowsOf(
          tx,
          sql`update marks set value = '{"open": false}'
            where name = ${ALARM_MARK + cause} and value ->> 'open' = 'true' returning name`,
          toldRow,
        );
        if (rows.length > 0) await post(tx, `all-clear:${cause}`, text, now);
        return rows.length > 0;
      });
      askedAt.delete(cause);
      if (!cleared) return;
      log.info("all clear", { cause, alarm: text });
      wake();
    },
  };
}
