/** Alarms: to the log at once, and to the staff of the campaign's office in their chat. */
import { messageOf } from "../core/errors";
import { sha256Hex } from "../core/ids";
import { dayOf } from "../core/clock";
import { postNews } from "../messaging/inbox";
import { linkedTo } from "../people/persons";
import type { Rooms } from "./rooms";

/** The same alarm reaches a person once a day; the log has every one. */
export function createAlarm(
  { store, clock, log, campaign }: Rooms,
  wake: () => void,
): (text: string) => void {
  async function tell(text: string): Promise<void> {
    const now = clock.now();
    const people = await linkedTo(store.db, [campaign.office], "staff");
    const key = `alarm:${dayOf(now)}:${sha256Hex(text)}`;
    await postNews(
      store.db,
      people.map((personId) => ({ personId, key: `${key}:${personId}`, news: { kind: "alarm", text } })),
      now,
    );
    wake();
  }
  return (text) => {
    log.error("alarm", { alarm: text });
    tell(text).catch((error: unknown) =>
      log.error("an alarm could not be told", { reason: messageOf(error) }),
    );
  };
}
