/** Two replicas behind one front: one may die or be replaced in the middle of everything, and nobody notices. */
import { afterEach, describe, expect, test } from "@jest/globals";
import { setTimeout as sleep } from "node:timers/promises";
import { at, MINUTE_MS, SECOND_MS } from "../../src/core/clock";
import { openReplicas, type Replica, type Replicas } from "../support/replicas";
import {
  deliveriesAnswer,
  digestsAnswer,
  invitationAnswer,
  obligationsAnswer,
} from "../support/story-answers";

const REDIS_URL = process.env["TEST_REDIS_URL"];
const onServers =
  REDIS_URL === undefined || process.env["TEST_DATABASE_URL"] === undefined ? describe.skip : describe;

const TEST_TIMEOUT_MS = 120_000;
const PEOPLE = Array.from({ length: 8 }, (_, i) => `90000000000000000${i}`);
const CALM_ROUNDS = 4;
const WRITE_EVERY_MS = 100;
/** A dead replica is noticed after eight seconds; the rest is for a busy machine. */
const TAKEN_OVER_WITHIN_MS = 15 * SECOND_MS;
const ASK_EVERY_MS = 10;
const SCHOOLS = ["thpt-chu-van-an", "thpt-phan-dinh-phung", "thpt-viet-duc", "thpt-kim-lien"];

onServers("two replicas", () => {
  let replicas: Replicas;
  afterEach(async () => replicas.end());

  const open = async (): Promise<[Replica, Replica]> => {
    replicas = await openReplicas({ redisUrl: REDIS_URL ?? "", startsAt: at("2025-12-03", "08:00") });
    const one = await replicas.start();
    return [one, await replicas.start()];
  };
  const say = (from: string, text: string) =>
    replicas.deliver(replicas.fake.zalo.signedWebhook({ kind: "text", from, text }));
  const textsOf = (user: string) => replicas.phones.heard(user).map(({ text }) => text);

  interface Traffic {
    /** Messages that each person has written. */
    readonly written: number;
    /** Webhooks that were neither taken nor turned away at the door. */
    readonly failed: readonly string[];
  }

  /** Everybody writes, one message after the other, until well after `disturb` is done. */
  async function everybodyWrites(disturb: () => Promise<void>): Promise<Traffic> {
    const failed: string[] = [];
    const disturbance = { isOver: false };
    let disturbed = Promise.resolve();
    let written = 0;
    for (let after = 0; after < CALM_ROUNDS; written++) {
      if (written === CALM_ROUNDS) disturbed = disturb().finally(() => (disturbance.isOver = true));
      if (disturbance.isOver) after++;
      const answers = await Promise.all(PEOPLE.map((user) => say(user, "menu")));
      failed.push(...answers.flat());
      await sleep(WRITE_EVERY_MS);
    }
    await disturbed;
    return { written, failed };
  }

  /** Until everything is done, as the survivor sees it; how long that took. */
  async function untilSettled(survivor: Replica): Promise<number> {
    const from = performance.now();
    for (;;) {
      await survivor.settle();
      const tookMs = performance.now() - from;
      // What is to be tried again in a moment counts as idle, and is not done yet.
      const deliveries = await survivor.read("/deliveries", deliveriesAnswer);
      if (deliveries.every(({ status }) => status === "sent") || tookMs > TAKEN_OVER_WITHIN_MS) return tookMs;
      await sleep(ASK_EVERY_MS);
    }
  }

  test(
    "kill -9 in the middle of traffic: the other finishes, nothing lost, no turn taken twice",
    async () => {
      const [one, two] = await open();
      const { written } = await everybodyWrites(() => replicas.kill(one));
      expect(await untilSettled(two)).toBeLessThan(TAKEN_OVER_WITHIN_MS);
      // Each message brought one turn, and each turn its one answer.
      const deliveries = await two.read("/deliveries", deliveriesAnswer);
      expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set(["sent"]));
      expect(deliveries).toHaveLength(PEOPLE.length * written);
      // What was under way in the dead one came again, and nothing else.
      const heard = PEOPLE.map((user) => textsOf(user).length);
      expect(Math.min(...heard)).toBeGreaterThanOrEqual(written);
      expect(Math.max(...heard)).toBeLessThanOrEqual(written + 1);
    },
    TEST_TIMEOUT_MS,
  );

  test(
    "kill -9 while reminders go out and a digest is due: the other goes on, none comes twice",
    async () => {
      const [one, two] = await open();
      for (const [i, unitCode] of SCHOOLS.entries()) {
        const { body } = await two.api("POST", "/invitations", { unitCode, role: "reporter" });
        await say(PEOPLE[i] ?? "", `liên kết ${invitationAnswer.parse(body).code}`);
      }
      await two.settle();
      for (const user of PEOPLE.slice(0, SCHOOLS.length)) {
        const offered = replicas.phones.offered(user, /^(?!khong).*dong y/);
        if (offered !== null) await say(user, replicas.phones.tapOf(user, offered));
      }
      await two.settle();

      const due = at("2025-12-03", "17:00");
      replicas.fake.clock.moveTo(due - 2 * MINUTE_MS);
      const [moved] = await Promise.allSettled([
        one.moveClock(due - 2 * MINUTE_MS),
        untilHeard(/nhắc|báo cáo/i).then(() => replicas.kill(one)),
      ]);
      expect(["fulfilled", "rejected"]).toContain(moved.status);
      replicas.fake.clock.moveTo(due + MINUTE_MS);
      await two.moveClock(due + MINUTE_MS);

      for (const user of PEOPLE) {
        const texts = textsOf(user);
        expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([]);
      }
      const digests = await two.read("/digests?line=so-gddt&period=2025-W49", digestsAnswer);
      expect(digests).toHaveLength(1);
      const owed = await two.read("/obligations?line=so-gddt&period=2025-W49", obligationsAnswer);
      expect(owed.filter(({ unitCode }) => SCHOOLS.includes(unitCode)).map(({ status }) => status)).toEqual(
        SCHOOLS.map(() => "missing"),
      );
    },
    TEST_TIMEOUT_MS,
  );

  async function untilHeard(words: RegExp): Promise<void> {
    const before = PEOPLE.map((user) => textsOf(user).length);
    while (
      !PEOPLE.some((user, i) =>
        textsOf(user)
          .slice(before[i])
          .some((text) => words.test(text)),
      )
    )
      await sleep(ASK_EVERY_MS);
  }

  test(
    "replaced one after the other, in the middle of traffic: no webhook fails",
    async () => {
      const [one, two] = await open();
      const { written, failed } = await everybodyWrites(async () => {
        for (const old of [one, two]) {
          await replicas.start();
          expect(await replicas.stop(old)).toBe(0);
        }
      });
      // A machine that has no time to store an event in time says so; no connection breaks, none is refused.
      expect(failed.filter((each) => !each.includes("not stored in time"))).toEqual([]);
      await replicas.living[0]?.settle();
      expect(PEOPLE.map((user) => textsOf(user).length)).toEqual(PEOPLE.map(() => written));
    },
    TEST_TIMEOUT_MS,
  );
});
