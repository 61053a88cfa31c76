/** Whether a turn and the board cost more with a hundred times the people and a year of reports. */
import { sql } from "drizzle-orm";
import type { Campaign } from "../../src/reporting/campaign";
import { freezeDueDigests } from "../../src/reporting/digests";
import { periodsOf } from "../../src/reporting/periods";
import type { Store } from "../../src/store/database";
import { section, sized } from "./figures";
import { LINE, START, startOurs, type OurProgram } from "./our-program";
import { People } from "./people";
import { openSink, type Sink } from "./sink";
import { median, spreadOf } from "./statistics";

const UNITS = 1_000;
const MANY_PEOPLE = sized(100_000);
const ROUNDS = 4;
const PEOPLE_PER_ROUND = sized(60);
const WARM_UP_PEOPLE = sized(60);
/** One after the other: the time of a turn, not of a queue. */
const AT_ONCE = 1;
const BOARDS_PER_ROUND = 15;
const BOARDS = [
  `/api/v1/obligations?line=${LINE}&period=2025-W49`,
  `/api/v1/obligations?line=${LINE}&status=waiting`,
];
/** Messages a report takes, each with a reply. */
const MESSAGES_PER_REPORT = 9;

/** A year behind: every unit reported in every week, and every message of it is still there. */
async function fillYear(store: Store, campaign: Campaign): Promise<void> {
  for (const { id, startsOn, endsOn, opensAt, dueAt, closesAt } of periodsOf(campaign, LINE)) {
    if (closesAt >= START) continue;
    await store.db
      .execute(sql`insert into periods (line, id, starts_on, ends_on, opens_at, due_at, closes_at, rule)
      values (${LINE}, ${id}, ${startsOn}, ${endsOn}, ${opensAt}, ${dueAt}, ${closesAt}, 'đo tải')`);
    const units = sql`generate_series(0, ${UNITS - 1}::int) as i`;
    await store.db.execute(sql`insert into obligations
      (id, line, period, unit_code, opens_at, due_at, closes_at, version, submitted_at, last_submitted_at)
      select ${id} || '-' || i, ${LINE}, ${id}, 'don-vi-' || i, ${opensAt}::bigint, ${dueAt}::bigint, ${closesAt}::bigint,
        1, ${dueAt - 1}::bigint, ${dueAt - 1}::bigint from ${units}`);
    await store.db.execute(sql`insert into reports
      (obligation_id, version, code, values, nil, late, person_id, at, event_key)
      select ${id} || '-' || i, 1, 'BC', jsonb_build_object('tin_bai', i % 7, 'hoi_nghi', 2, 'luot_nguoi', 100 + i % 50,
        'dang_ky_moi', 1, 'hoan_thanh', 1), false, false, 'p-' || i, ${dueAt - 1}::bigint, ${id} || '-k-' || i from ${units}`);
    await store.db
      .execute(sql`insert into inbox (event_key, person_id, kind, payload, occurred_at, received_at, state, handled_at)
      select ${id} || '-e-' || i || '-' || n, 'p-' || i, 'user_send_text', '{"kind":"text","text":"5"}'::jsonb,
        ${dueAt - 1}::bigint, ${dueAt - 1}::bigint, 'done', ${dueAt - 1}::bigint
      from ${units}, generate_series(1, ${MESSAGES_PER_REPORT}::int) as n`);
    await store.db.execute(sql`insert into deliveries
      (id, person_id, kind, message, status, attempts, not_before, event_key, created_at, sent_at)
      select ${id} || '-d-' || i || '-' || n, 'p-' || i, 'reply', '{"text":"Số hội nghị, buổi tuyên truyền?"}'::jsonb, 'sent', 1,
        ${dueAt - 1}::bigint, ${id} || '-e-' || i || '-' || n, ${dueAt - 1}::bigint, ${dueAt - 1}::bigint
      from ${units}, generate_series(1, ${MESSAGES_PER_REPORT}::int) as n`);
    // Each digest is compared with the one before, so they are the real ones.
    await store.transaction((tx) => freezeDueDigests(tx, campaign, { dueBy: closesAt, now: closesAt }));
  }
}

interface World {
  readonly name: string;
  readonly sink: Sink;
  readonly ours: OurProgram;
  readonly turnMs: number[];
  readonly boardMs: number[];
}

async function measure({ sink, ours, turnMs, boardMs }: World, round: number): Promise<void> {
  const first = round < 0 ? 0 : WARM_UP_PEOPLE + round * PEOPLE_PER_ROUND;
  const users = ours.users.slice(first, first + (round < 0 ? WARM_UP_PEOPLE : PEOPLE_PER_ROUND));
  const people = new People({ send: (user, text) => ours.send(user, text), sink, users });
  await people.allAtOnce(AT_ONCE);
  for (let i = 0; i < BOARDS_PER_ROUND; i++)
    for (const path of BOARDS) {
      const askedAt = performance.now();
      await ours.get(path);
      if (round >= 0) boardMs.push(performance.now() - askedAt);
    }
  if (round >= 0) turnMs.push(...people.tookMs);
}

export async function growth(): Promise<void> {
  const note = section(
    "Growth",
    `embedded database, ${UNITS} units; turns one after the other and the board's queries, ${ROUNDS} alternating rounds, medians; ratios to the first row`,
  );
  const worlds: World[] = [];
  for (const { name, people, fill } of [
    { name: `${UNITS} people, first period`, people: UNITS, fill: false },
    { name: `${MANY_PEOPLE} people, first period`, people: MANY_PEOPLE, fill: false },
    { name: `${MANY_PEOPLE} people, 52 periods behind`, people: MANY_PEOPLE, fill: true },
  ]) {
    const sink = await openSink();
    const ours = await startOurs({
      database: "embedded",
      sink,
      units: UNITS,
      people,
      hasYearBehind: true,
      ...(fill ? { prepare: fillYear } : {}),
    });
    worlds.push({ name, sink, ours, turnMs: [], boardMs: [] });
  }
  for (let round = -1; round < ROUNDS; round++) for (const world of worlds) await measure(world, round);
  const [small] = worlds;
  for (const { name, ours, turnMs, boardMs } of worlds) {
    const ratio = (mine: number[], base: readonly number[] | undefined): string =>
      (median(mine) / median(base ?? [])).toFixed(2);
    const isSmall = turnMs === small?.turnMs;
    note(
      name,
      `turn p50 ${median(turnMs).toFixed(1)} ms (p99 ${spreadOf(turnMs).p99.toFixed(1)}), board ${median(boardMs).toFixed(1)} ms, ${ours.child.rssMb()} MB${
        isSmall ? "" : `; turn ${ratio(turnMs, small?.turnMs)}, board ${ratio(boardMs, small?.boardMs)}`
      }`,
      isSmall ? "" : "within 1.30",
    );
  }
  for (const { ours, sink } of worlds) {
    await ours.stop();
    await sink.close();
  }
}
