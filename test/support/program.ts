/**
 * The whole program in live mode against the fake platform: people write and tap, the clock moves, the power
 * fails. Everything goes through the outer surface; whatever the program sends that is not documented fails
 * the test when it ends.
 */
import { at, startingAt, type Instant } from "../../src/core/clock";
import { startFakeZalo, type FakeZalo } from "./fake-zalo";
import { freshData, type DatabaseKind } from "./program-databases";
import { createCalls, envFor, expectOk, iso, type Calls } from "./program-calls";
import { runProgram } from "./program-process";
import { createPhones, type Heard, type Phones } from "./story-phones";

/** More than any story needs; how the program lives without them is tested elsewhere. */
const PACKAGE_REPLIES = 1_000;

export interface Program extends Pick<Calls, "api" | "read" | "deliver" | "settle"> {
  readonly fake: FakeZalo;
  readonly phones: Phones;
  /** A person follows the account; everything that this brings about is done when it resolves. */
  follows(user: string): Promise<void>;
  /** A person writes; answered when it resolves. */
  says(user: string, text: string): Promise<void>;
  /** A person taps the button with this title, or one that begins so, of the newest message that has one. */
  taps(user: string, titlePrefix: string): Promise<void>;
  heard(user: string): readonly Heard[];
  /** Moves the clocks of program and platform. */
  clock(to: Instant): Promise<void>;
  /** Everything printed since the last start. */
  output(): string;
  kill(): Promise<void>;
  /** Starts again on the same data, the clock at this moment (where not told: now). */
  restart(options?: { clock?: Instant }): Promise<void>;
  /** Ends program, platform and data; fails when the platform was sent anything undocumented. */
  end(): Promise<void>;
}

export interface ProgramOptions {
  readonly database?: DatabaseKind;
  /** What both clocks show at the start; they run on at real speed. */
  readonly startsAt?: Instant;
  /** `error` by default. */
  readonly logLevel?: string;
  /** Variables beside those that every story needs. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const fake = await startFakeZalo({ clock: startingAt(options.startsAt ?? at("2025-12-02", "08:00")) });
  // Windows and quotas count as they do on the real platform, for an account that has bought replies.
  fake.zalo.windows.enforce(PACKAGE_REPLIES);
  const phones = createPhones(fake.zalo);
  const data = await freshData(options.database ?? "PGlite");
  const talkative = options.logLevel === undefined ? {} : { LOG_LEVEL: options.logLevel };
  const start = (clock: Instant) =>
    runProgram({ ...data.env, ...envFor(fake), ...talkative, ...options.env, CLOCK: iso(clock) });
  const running = { now: await start(fake.clock.now()) };
  const calls = createCalls(running);

  const program: Program = {
    fake,
    phones,
    ...calls,
    async follows(user) {
      expectOk(await calls.deliver(fake.zalo.signedWebhook({ kind: "follow", from: user })));
      await calls.settle();
    },
    async says(user, text) {
      expectOk(await calls.deliver(fake.zalo.signedWebhook({ kind: "text", from: user, text })));
      await calls.settle();
    },
    taps: (user, titlePrefix) => program.says(user, phones.tapOf(user, titlePrefix)),
    heard: (user) => phones.heard(user),
    async clock(to) {
      // The platform's clock goes first: the program never sees a platform that lives in its past.
      fake.clock.moveTo(to);
      await calls.moveClock(to);
    },
    output: () => running.now.output(),
    kill: () => running.now.kill(),
    async restart({ clock = fake.clock.now() } = {}) {
      running.now = await start(clock);
    },
    async end() {
      await running.now.stop();
      await data.remove();
      await fake.close();
    },
  };
  return program;
}
