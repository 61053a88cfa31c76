/** The database goes away in the middle of traffic: what was answered with 200 is answered, the rest is turned away. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "@jest/globals";
import { at, SECOND_MS } from "../../src/core/clock";
import { openReplicas, type Replica, type Replicas } from "../support/replicas";
import { deliveriesAnswer } from "../support/story-answers";

const onServer = process.env["TEST_DATABASE_URL"] === undefined ? describe.skip : describe;

const PEOPLE = Array.from({ length: 6 }, (_, i) => `91000000000000000${i}`);
/** A minute in the long form; the program makes no difference between ten seconds and sixty. */
const AWAY_MS = Number(process.env["DATABASE_AWAY_SECONDS"] ?? 10) * SECOND_MS;
const BACK_WITHIN_MS = 20 * SECOND_MS;
const LOOK_EVERY_MS = 50;
const TEST_TIMEOUT_MS = AWAY_MS + 90 * SECOND_MS;

onServer("a database that is away", () => {
  let replicas: Replicas;
  afterEach(async () => replicas.end());

  const heard = (user: string): number => replicas.phones.heard(user).length;

  /** Everybody writes once; by status, how often the webhook was answered so. */
  async function everybodyWrites(replica: Replica, taken: Map<string, number>): Promise<number[]> {
    return Promise.all(
      PEOPLE.map(async (user) => {
        const webhook = replicas.fake.zalo.signedWebhook({ kind: "text", from: user, text: "menu" });
        const status = await replica.deliver(webhook);
        if (status === 200) taken.set(user, (taken.get(user) ?? 0) + 1);
        return status;
      }),
    );
  }

  async function ready(replica: Replica): Promise<number> {
    const answer = await fetch(`${replica.process.url}/readyz`);
    await answer.arrayBuffer();
    return answer.status;
  }

  test(
    "loses nothing that was taken, refuses the rest, and is back by itself",
    async () => {
      replicas = await openReplicas({ startsAt: at("2025-12-03", "08:00"), relayed: true });
      const replica = await replicas.start();
      const taken = new Map<string, number>();
      expect(new Set(await everybodyWrites(replica, taken))).toEqual(new Set([200]));
      // The turns of these are under way when it happens.
      replicas.relay?.cut();
      const until = performance.now() + AWAY_MS;
      while (performance.now() < until) {
        expect(new Set(await everybodyWrites(replica, taken))).toEqual(new Set([503]));
        expect(await ready(replica)).toBe(503);
        await sleep(LOOK_EVERY_MS);
      }
      replicas.relay?.mend();
      const mended = performance.now();
      while ((await ready(replica)) !== 200 && performance.now() - mended < BACK_WITHIN_MS)
        await sleep(LOOK_EVERY_MS);
      expect(new Set(await everybodyWrites(replica, taken))).toEqual(new Set([200]));
      while (
        PEOPLE.some((user) => heard(user) < (taken.get(user) ?? 0)) &&
        performance.now() - mended < BACK_WITHIN_MS
      )
        await sleep(LOOK_EVERY_MS);
      await replica.settle();
      const deliveries = await replica.read("/deliveries", deliveriesAnswer);
      expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set(["sent"]));
      // One answer for each message taken; one that was on its way when the books went away may come again.
      expect(deliveries).toHaveLength([...taken.values()].reduce((sum, n) => sum + n, 0));
      for (const user of PEOPLE) expect(heard(user)).toBeGreaterThanOrEqual(taken.get(user) ?? 0);
    },
    TEST_TIMEOUT_MS,
  );
});
