/** The power fails: how each step of a story is played undisturbed, and how with kills wherever it can hurt. */
import { expect } from "@jest/globals";
import type { Program } from "./program";
import { SECOND_MS } from "../../src/core/clock";
import type { ClockStep, PersonStep } from "./story-steps";

const HTTP_OK = 200;

export interface Player {
  person(program: Program, step: PersonStep): Promise<void>;
  clock(program: Program, step: ClockStep): Promise<void>;
}

export const undisturbed: Player = {
  async person(program, step) {
    const event = step.event(program);
    if (event === null) return;
    await program.deliver(program.fake.zalo.signedWebhook(event));
    await program.settle();
  },
  clock: (program, step) => program.clock(step.at),
};

/** A promise that is kept from outside. */
function createGate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    opened,
    open: () => {
      open();
    },
  };
}

/** The platform's answer to one message, kept back. */
interface Hold {
  /** Resolves when a message has come and its sender waits. */
  readonly arrived: Promise<void>;
  /** Whether one has come. */
  isTaken(): boolean;
  /** Lets the platform accept the message; one that has not come by now will not be held. */
  release(): Promise<void>;
}

/** Holds one message at a time; gives what is called to hold the next one. */
function createHolder({ fake }: Program): () => Hold {
  let armed: { take(): Promise<void> } | null = null;
  return () => {
    const arrival = createGate();
    const opening = createGate();
    let taken = false;
    armed = {
      take() {
        armed = null;
        taken = true;
        arrival.open();
        return opening.opened;
      },
    };
    fake.zalo.scriptNext("message", {
      do: "wait",
      // Read by the platform at the moment when a message has come.
      get until() {
        return armed === null ? Promise.resolve() : armed.take();
      },
    });
    return {
      arrived: arrival.opened,
      isTaken: () => taken,
      async release() {
        if (!taken) armed = null;
        opening.open();
        await oneRound();
      },
    };
  };
}

/** One round of the event loop: what has come over a socket is read, and what was waiting is answered. */
const oneRound = () => new Promise((resolve) => setImmediate(resolve));

export interface Killing extends Player {
  /** How many kills have been dealt. */
  kills(): number;
}

/**
 * Kills twice at each act of a person: while the webhook is answered or right after, in turn, and while the
 * platform holds the answer to what is said back. Three times at each move of the clock: at its beginning,
 * while the platform holds an answer, and right after it.
 */
export function killing(): Killing {
  let kills = 0;
  let isEarly = false;
  let holdNext: (() => Hold) | null = null;

  async function kill(program: Program): Promise<void> {
    kills++;
    await program.kill();
    await oneRound();
  }

  return {
    kills: () => kills,

    async person(program, step) {
      const event = step.event(program);
      if (event === null) return;
      holdNext ??= createHolder(program);
      const webhook = program.fake.zalo.signedWebhook(event);
      const posted = program.deliver(webhook).catch(() => null);
      isEarly = !isEarly;
      if (isEarly) await oneRoundTrip(program);
      else expect(await posted).toBe(HTTP_OK);
      await kill(program);
      const isAnswered = (await posted) === HTTP_OK;

      const hold = holdNext();
      await program.restart();
      // The platform sends again what was not answered with 200, and nothing else.
      if (!isAnswered) expect(await program.deliver(webhook)).toBe(HTTP_OK);
      const again = program.settle();
      await heldOrDone(hold, again);
      await kill(program);
      await hold.release();
      await again.catch(() => undefined);
      await program.restart();
      await program.settle();
    },

    async clock(program, step) {
      holdNext ??= createHolder(program);
      const early = holdNext();
      const moving = program.clock(step.at);
      const begun = oneRoundTrip(program);
      await heldOrDone(early, Promise.race([moving, begun]));
      await kill(program);
      await early.release();
      await Promise.allSettled([moving, begun]);

      const late = holdNext();
      await program.restart();
      const catchingUp = catchUp(program);
      await heldOrDone(late, catchingUp);
      await kill(program);
      await late.release();
      await Promise.allSettled([catchingUp]);
      await program.restart();
      await catchUp(program);

      await kill(program);
      await program.restart();
      await catchUp(program);
    },
  };
}

/** Resolves when a message is held, or when all is done without one; that `work` fails is the kill's doing. */
async function heldOrDone(hold: Hold, work: Promise<unknown>): Promise<void> {
  await Promise.race([
    hold.arrived,
    work.then(
      () => undefined,
      () => undefined,
    ),
  ]);
}

/** What was asked just before has arrived when this resolves, and is being done; nothing is asked of the database. */
async function oneRoundTrip(program: Program): Promise<void> {
  await program.api("GET", "/lines");
}

/** Lets the clock run a moment on, so that what fell due while the program was down is looked at. */
const catchUp = (program: Program): Promise<void> => program.clock(program.fake.clock.now() + SECOND_MS);
