/** What is done to the program while people report: one injury after the other, chosen by a seed. */
import { setTimeout as sleep } from "node:timers/promises";
import { MINUTE_MS } from "../../src/core/clock";
import type { Scripted } from "../../src/simulator/pretend-zalo-script";
import type { Administrator } from "./administrator";
import type { Relay } from "../support/cuttable";
import type { Replica, Replicas } from "../support/replicas";

/** Refusals of the platform that pass: limits, its own faults, a token that is no longer taken. */
const PASSING_CODES = [-32, -200, -214, -216, -220] as const;
const LONGEST_PAUSE_MS = 12_000;
const LONGEST_CUT_MS = 5_000;
const LONGEST_DOWN_MS = 1_500;
const LONGEST_JUMP_MS = 4 * MINUTE_MS;
const FAULTS_AT_ONCE = 4;

export interface Scene {
  readonly replicas: Replicas;
  readonly database: Relay | null;
  readonly redis: Relay | null;
  readonly administrator: Administrator;
  /** The next number in [0, 1) of the seed. */
  readonly random: () => number;
}

type Injury = (scene: Scene) => Promise<void>;

const oneOf = <T>(items: readonly T[], random: () => number): T | undefined =>
  items[Math.floor(random() * items.length)];

const anyOf = ({ replicas, random }: Scene): Replica | undefined => oneOf(replicas.living, random);

async function cutFor(relay: Relay | null, ms: number): Promise<void> {
  relay?.cut();
  await sleep(ms);
  relay?.mend();
}

const injuries: Readonly<Record<string, Injury>> = {
  kill: async (scene) => {
    const victim = anyOf(scene);
    if (victim === undefined) return;
    await scene.replicas.kill(victim);
    await sleep(scene.random() * LONGEST_DOWN_MS);
    await scene.replicas.start();
  },
  pause: async (scene) => {
    const victim = anyOf(scene);
    victim?.process.pause();
    await sleep(scene.random() * LONGEST_PAUSE_MS);
    victim?.process.resume();
  },
  "database cut": ({ database, random }) => cutFor(database, random() * LONGEST_CUT_MS),
  "redis cut": ({ redis, random }) => cutFor(redis, random() * LONGEST_CUT_MS),
  "clock jump": async ({ replicas, random }) => {
    const to = replicas.fake.clock.now() + Math.round(random() * LONGEST_JUMP_MS);
    replicas.fake.clock.moveTo(to);
    // One that is in trouble just now is put right by its next start.
    await Promise.allSettled(replicas.living.map((replica) => replica.moveClock(to)));
  },
  "platform faults": ({ replicas, random }) => {
    const faults: readonly Scripted[] = [
      ...PASSING_CODES.map((code) => ({ do: "error" as const, code })),
      { do: "answer", status: 502, body: "<html>Bad Gateway</html>" },
      { do: "hang-up" },
      { do: "accept-then-hang-up" },
      { do: "never-answer" },
    ];
    for (let i = 0; i < FAULTS_AT_ONCE; i++)
      replicas.fake.zalo.scriptNext("message", oneOf(faults, random) ?? { do: "hang-up" });
    return Promise.resolve();
  },
};

/** Injures until `isOver`; how often each injury was dealt. Ends with everything mended. */
export async function injure(scene: Scene, isOver: () => boolean): Promise<Record<string, number>> {
  const dealt: Record<string, number> = {};
  const possible = Object.entries(injuries).filter(
    ([name]) =>
      (name !== "database cut" || scene.database !== null) && (name !== "redis cut" || scene.redis !== null),
  );
  while (!isOver()) {
    const [name, deal] = oneOf(possible, scene.random) ?? ["none", () => Promise.resolve()];
    dealt[name] = (dealt[name] ?? 0) + 1;
    await deal(scene);
    // One that is in trouble just now is granted at the next look.
    const isGranted = await scene.administrator.look().catch(() => false);
    if (isGranted) dealt["granted again"] = (dealt["granted again"] ?? 0) + 1;
    await sleep(scene.random() * 1_000);
  }
  return dealt;
}
