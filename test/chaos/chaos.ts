/**
 * The whole program among people who report, with everything breaking around it. What people were told and what
 * the platform was answered are counted on their own and compared with what the program has on record.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { at, MINUTE_MS, type Instant } from "../../src/core/clock";
import type { DatabaseKind } from "../support/program-databases";
import type { Replicas } from "../support/replicas";
import { unitsAnswer } from "../support/story-answers";
import { readEvent } from "../../src/zalo/events";
import { createAdministrator } from "./administrator";
import { checkStore } from "./check-store";
import { checkReports, wavesTwice } from "./check-surface";
import { createFaults } from "./faults";
import { giveTheRest, injure, type Scene } from "./injuries";
import { answered, type Count } from "./people";
import { isTold, linkReporters, live, OFFICE, OFFICE_STAFF } from "./reporters";
import { seeded } from "../support/seeded";
import { linkSilent, SILENT_FOR_MS, WITH_TEMPLATES } from "./silent";
import { notGiven, watchWire, type Wire } from "./wire";
import { openWorld, type World } from "./world";

export interface ChaosOptions {
  readonly database: DatabaseKind;
  readonly replicas: number;
  readonly forMs: number;
  readonly seed: number;
  readonly people: number;
  /** People who linked long ago and are only reminded, by template. */
  readonly silent: number;
  /** Used where this machine has no server of its own to start. */
  readonly redisUrl?: string | undefined;
}

export interface Outcome {
  /** How much of what was done, injuries included. */
  readonly counts: Readonly<Record<string, number>>;
  /** Refusals of the platform's table that did not come up. */
  readonly notGiven: readonly string[];
  /** What should not be; empty when all holds. */
  readonly wrong: readonly string[];
}

/** A few minutes before the reminder of two hours before the due instant. */
const START = at("2025-12-03", "14:55");
/** Nobody reports after the due instant. */
const LAST_JUMP = at("2025-12-03", "16:15");
const AFTER_DUE = at("2025-12-03", "17:01");
/** What the platform did not take in the night or on that day has gone by then. */
const MORNING = at("2025-12-04", "08:00");
/** Reminders of the silent, those that are tried again included. */
const TEMPLATES_A_PERSON = 8;
/** After so many nothing waits for another try. */
const CALM_MINUTES = 3;
/** Answers that are under way arrive. */
const QUIET_MS = 2_000;

export async function runChaos(options: ChaosOptions): Promise<Outcome> {
  const hasSilent = options.silent > 0;
  const world = await openWorld({
    database: options.database,
    startsAt: hasSilent ? START - SILENT_FOR_MS : START,
    redisUrl: options.redisUrl,
    env: hasSilent ? WITH_TEMPLATES : {},
  });
  try {
    return await play(world, options);
  } finally {
    await world.close();
  }
}

async function play(world: World, options: ChaosOptions): Promise<Outcome> {
  const { replicas } = world;
  const { zalo } = replicas.fake;
  const random = seeded(options.seed);
  const counts: Record<string, number> = {};
  const count = (what: string, times = 1): void => {
    counts[what] = (counts[what] ?? 0) + times;
  };
  const arrived: string[] = [];
  zalo.onSent(({ messageId }) => arrived.push(messageId));

  const units = await startAll(replicas, options, count);
  const reporters = await linkReporters(replicas, units.slice(0, options.people), { random, count });
  const wire = watchWire(replicas.fake);
  const faults = createFaults(zalo, random);
  faults.refuseTemplates(options.silent * TEMPLATES_A_PERSON);
  const administrator = createAdministrator(replicas);

  let isMended = false;
  let isOver = false;
  const scene = { ...world, administrator, faults, wire, lastJump: LAST_JUMP, random, count };
  const injuring = injure(scene, () => isMended);
  const talking = reporters.map((reporter) => live(reporter, random, () => isOver));
  await Promise.race([sleep(options.forMs), injuring]);
  isMended = true;
  await injuring;
  if (options.silent > 0) await giveTheRest(scene);
  isOver = true;
  await Promise.all(talking);
  await sleep(QUIET_MS);
  await calmAt(AFTER_DUE, scene);
  const told = reporters.filter((reporter) => isTold(reporter, wire));
  count("reports", told.length);
  const sent = new Map(told.map(({ unitCode, figures }) => [unitCode, figures]));
  const [first] = replicas.living;
  const wrong = first === undefined ? ["nobody runs"] : await checkReports(first, sent);
  await calmAt(MORNING, scene);
  for (const [family, { of, left }] of Object.entries(notGiven(wire)))
    count(`${family} codes, of ${of}`, of - left.length);
  const { events = 0, photos = 0 } = counts;
  const { oaId } = replicas.fake.settings;
  const taken = replicas.taken.map(({ rawBody }) => readEvent(rawBody, oaId)?.eventKey ?? "");
  wrong.push(
    ...wavesTwice(replicas, [...reporters.map(({ talker }) => talker.user), OFFICE_STAFF]),
    ...tokensLost(wire, counts),
    ...strangeAnswers(counts),
    ...(await replicas.checkStored((url, dataDir) =>
      checkStore(url, dataDir, { events, photos, arrived, taken, now: replicas.fake.clock.now() }),
    )),
  );
  return { counts, wrong, notGiven: Object.values(notGiven(wire)).flatMap(({ left }) => left) };
}

/** Starts every replica, and gives the units that report; whoever is to be silent has linked long before. */
async function startAll(
  replicas: Replicas,
  { people, silent, replicas: wanted }: ChaosOptions,
  count: Count,
): Promise<string[]> {
  const first = await replicas.start();
  const units = (await first.read(`/units?parent=${OFFICE}`, unitsAnswer)).map(({ code }) => code);
  if (silent > 0) await linkSilent(replicas, units.slice(people, people + silent), START, count);
  while (replicas.living.length < wanted) await replicas.start();
  return units;
}

/** Then, or a little later: whatever is still refused on the way is granted or tried again within minutes. */
async function calmAt(instant: Instant, { replicas, administrator, wire }: Scene): Promise<void> {
  for (let minutes = 0; minutes <= CALM_MINUTES; minutes++) {
    await administrator.lookUntilGranted();
    await moveAll(replicas, instant + minutes * MINUTE_MS);
    wire.look();
  }
}

async function moveAll(replicas: Replicas, to: Instant): Promise<void> {
  if (to > replicas.fake.clock.now()) replicas.fake.clock.moveTo(to);
  const now = replicas.fake.clock.now();
  for (const replica of replicas.living) await replica.moveClock(now);
}

/** Whoever cannot store an event says so with this one status, and the platform sends it again. */
const NOT_STORED = answered("503");
const strangeAnswers = (counts: Readonly<Record<string, number>>): string[] =>
  Object.keys(counts).filter((what) => /^answered \d/.test(what) && what !== NOT_STORED);

/** A token that exists once may die with a process that is killed while it learns of it, and in no other way. */
function tokensLost(wire: Wire, counts: Readonly<Record<string, number>>): string[] {
  const killed = ["kill", "killed while the disk was full", "the program gave up on a full disk"].reduce(
    (sum, what) => sum + (counts[what] ?? 0),
    0,
  );
  return wire.lostTokens() <= killed ? [] : [`${wire.lostTokens()} refresh tokens lost, ${killed} killed`];
}
