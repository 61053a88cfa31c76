/** What is done to the program while people report: one injury after the other, chosen by a seed. */
import { setTimeout as sleep } from "node:timers/promises";
import { MINUTE_MS, type Instant } from "../../src/core/clock";
import type { Administrator } from "./administrator";
import type { Relay } from "../support/cuttable";
import type { Replica } from "../support/replicas";
import type { Faults } from "./faults";
import type { Count } from "./people";
import { oneOf } from "./choices";
import { notGiven, type Wire } from "./wire";
import type { World } from "./world";

const LONGEST_PAUSE_MS = 12_000;
const LONGEST_CUT_MS = 5_000;
const LONGEST_DOWN_MS = 1_500;
const LONGEST_FULL_MS = 8_000;
const LONGEST_JUMP_MS = 4 * MINUTE_MS;
const LONGEST_BREATH_MS = 1_000;
const FAULTS_AT_ONCE = 8;
/** How long people get to run into them, and how often at most those that are missing are dealt at the end. */
const ROUND_MS = 4_000;
const MOST_ROUNDS = 25;

export interface Scene extends World {
  readonly administrator: Administrator;
  readonly faults: Faults;
  readonly wire: Wire;
  /** The clock does not jump beyond this instant. */
  readonly lastJump: Instant;
  /** The next number in [0, 1) of the seed. */
  readonly random: () => number;
  readonly count: Count;
}

interface Injury {
  /** Whether it can be dealt here at all. */
  readonly isPossible?: (scene: Scene) => boolean;
  readonly deal: (scene: Scene) => Promise<void>;
}

const anyOf = ({ replicas, random }: Scene): Replica | undefined => oneOf(replicas.living, random);

async function cutFor(relay: Relay | null, ms: number): Promise<void> {
  relay?.cut();
  await sleep(ms);
  relay?.mend();
}

async function fillDisk(scene: Scene): Promise<void> {
  const { disk, replicas, own, random, count } = scene;
  await disk.fill();
  try {
    await sleep((random() * LONGEST_FULL_MS) / 2);
    const victim = random() < 1 / 2 ? anyOf(scene) : undefined;
    if (victim !== undefined) {
      count("killed while the disk was full");
      await replicas.kill(victim);
    }
    await sleep((random() * LONGEST_FULL_MS) / 2);
    await disk.free();
    if ((await own.postgres?.ensure()) === true) count("PostgreSQL gave up on a full disk");
    count("the program gave up on a full disk", await replicas.revive());
    if (victim !== undefined) await replicas.start();
  } finally {
    await disk.free();
  }
}

const injuries: Readonly<Record<string, Injury>> = {
  kill: {
    deal: async (scene) => {
      const victim = anyOf(scene);
      if (victim === undefined) return;
      await scene.replicas.kill(victim);
      await sleep(scene.random() * LONGEST_DOWN_MS);
      await scene.replicas.start();
    },
  },
  pause: {
    deal: async (scene) => {
      const victim = anyOf(scene);
      victim?.process.pause();
      await sleep(scene.random() * LONGEST_PAUSE_MS);
      victim?.process.resume();
    },
  },
  "database cut": {
    isPossible: ({ ways }) => ways.database !== null,
    deal: ({ ways, random }) => cutFor(ways.database, random() * LONGEST_CUT_MS),
  },
  "redis cut": {
    isPossible: ({ ways }) => ways.redis !== null,
    deal: ({ ways, random }) => cutFor(ways.redis, random() * LONGEST_CUT_MS),
  },
  "PostgreSQL restarted": {
    isPossible: ({ own }) => own.postgres !== null,
    deal: async ({ own, random }) => own.postgres?.restart(random() < 1 / 2 ? "fast" : "immediate"),
  },
  "Redis restarted": {
    isPossible: ({ own }) => own.redis !== null,
    deal: async ({ own, random }) => own.redis?.restart(random() < 1 / 2 ? "SIGTERM" : "SIGKILL"),
  },
  "disk full": { isPossible: ({ disk }) => disk.isOwn, deal: fillDisk },
  "clock jump": {
    deal: async ({ replicas, random, lastJump }) => {
      const now = replicas.fake.clock.now();
      const to = Math.min(now + Math.round(random() * LONGEST_JUMP_MS), lastJump);
      if (to <= now) return;
      replicas.fake.clock.moveTo(to);
      // One that is in trouble just now is put right by its next start.
      await Promise.allSettled(replicas.living.map((replica) => replica.moveClock(to)));
    },
  },
  "platform faults": {
    deal: ({ faults }) => {
      faults.deal(FAULTS_AT_ONCE);
      return Promise.resolve();
    },
  },
};

/** Lets the platform refuse in those ways too that have not come up yet; people have to be writing meanwhile. */
export async function giveTheRest({ faults, wire, administrator }: Scene): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    wire.look();
    const { oa, oauth } = notGiven(wire);
    if ((oa?.left.length ?? 0) + (oauth?.left.length ?? 0) === 0) return;
    faults.deal(FAULTS_AT_ONCE);
    await sleep(ROUND_MS);
    await administrator.look().catch(() => false);
  }
}

/** Injures until `isOver`, and counts how often each injury was dealt, 0 where it is not possible here. Ends with everything mended. */
export async function injure(scene: Scene, isOver: () => boolean): Promise<void> {
  const { random, count, replicas, wire } = scene;
  const possible = Object.entries(injuries).filter(([, { isPossible }]) => isPossible?.(scene) ?? true);
  for (const name of Object.keys(injuries)) count(name, 0);
  while (!isOver()) {
    const [name, injury] = oneOf(possible, random) ?? [];
    if (name === undefined || injury === undefined) return;
    count(name);
    await injury.deal(scene);
    wire.look();
    // One that is in trouble just now is granted at the next look.
    if (await scene.administrator.look().catch(() => false)) count("granted again");
    const ended = replicas.living.find(({ process }) => process.hasEnded());
    if (ended !== undefined) throw new Error(`after “${name}” the program ended:\n${ended.process.output()}`);
    await sleep(random() * LONGEST_BREATH_MS);
  }
}
