/** The hour before a deadline: how long people wait for their reply at a steady stream of messages. */
import { section, sized } from "./figures";
import { DATABASES, startOurs, type Database } from "./our-program";
import { FORM, People } from "./people";
import { openSink } from "./sink";
import { spreadOf } from "./statistics";

/** 5,000 reporters of eight messages each within ten minutes. */
const REPORTERS = sized(5_000);
const PEAK_PER_SECOND = (5_000 * FORM.length) / 600;
const PEAK_SECONDS = sized(60);
const STEADY_PER_SECOND = 100;
const STEADY_SECONDS = sized(30);
/** The first messages compile the program. */
const WARM_UP_PEOPLE = sized(60);
const WARM_UP_PER_SECOND = 40;

async function stream(
  database: Database,
  load: { readonly perSecond: number; readonly seconds: number; readonly units: number },
): Promise<string> {
  const sink = await openSink();
  const ours = await startOurs({ database, sink, units: load.units });
  const send = (user: string, text: string) => ours.send(user, text);
  const warmUp = new People({ send, sink, users: ours.users.slice(0, WARM_UP_PEOPLE) });
  await warmUp.steadily(WARM_UP_PER_SECOND, (WARM_UP_PEOPLE * FORM.length) / WARM_UP_PER_SECOND + 1);
  const people = new People({ send, sink, users: ours.users.slice(WARM_UP_PEOPLE) });
  const { sent, skipped } = await people.steadily(load.perSecond, load.seconds);
  const { p50, p95, p99 } = spreadOf(people.tookMs);
  const rss = ours.child.rssMb();
  await ours.stop();
  await sink.close();
  return `${sent} messages${skipped === 0 ? "" : ` (${skipped} left out: nobody was free)`}, p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${rss} MB`;
}

export async function deadline(): Promise<void> {
  const note = section(
    "The deadline peak",
    `${REPORTERS} units; people who report, each sending the next message when the reply has come; from sending to the reply at the wire`,
  );
  for (const database of DATABASES) {
    note(
      `${database}, ${PEAK_PER_SECOND.toFixed(0)} messages a second for ${PEAK_SECONDS} s`,
      await stream(database, { perSecond: PEAK_PER_SECOND, seconds: PEAK_SECONDS, units: REPORTERS }),
      "p95 under 150 ms",
    );
    note(
      `${database}, ${STEADY_PER_SECOND} messages a second for ${STEADY_SECONDS} s`,
      await stream(database, { perSecond: STEADY_PER_SECOND, seconds: STEADY_SECONDS, units: REPORTERS }),
      database === "embedded" ? "p50 under 20 ms, p99 under 100 ms" : "",
    );
  }
}
