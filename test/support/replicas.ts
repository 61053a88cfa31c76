/**
 * Several processes of the program on one database server and one Redis, with the fake platform before them. A
 * webhook goes to one replica after the other until one takes it, as a front with retries passes it on.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { startingAt, type Instant } from "../../src/core/clock";
import type { SignedWebhook } from "../../src/simulator/pretend-zalo";
import { startFakeZalo, type FakeZalo } from "./fake-zalo";
import { relayTo, type Relay } from "./cuttable";
import { freshData, type DatabaseKind, type Places } from "./program-databases";
import { createCalls, envFor, iso, type Calls } from "./program-calls";
import { runProgram, type Running } from "./program-process";
import { createPhones, type Phones } from "./story-phones";

const HTTP_OK = 200;
/** The platform sends again what was not taken, for longer than any replica may take to start. */
const MAX_TRIES = 5_000;
const TRY_AGAIN_MS = 50;
const OUTPUT_SHOWN = 500;
/** More than any story needs. */
const PACKAGE_REPLIES = 1_000;

export interface Replica extends Calls {
  readonly process: Running;
}

export interface Replicas {
  readonly fake: FakeZalo;
  readonly phones: Phones;
  /** Those that run, in the order of their start. */
  readonly living: readonly Replica[];
  start(): Promise<Replica>;
  /** Starts anew what has ended by itself, as a supervisor would; how many those were. */
  revive(): Promise<number>;
  /** Ends one as a power cut would. */
  kill(replica: Replica): Promise<void>;
  /** Asks one to end and gives its exit status; no webhook is sent to it any more once it refuses one. */
  stop(replica: Replica): Promise<number | null>;
  /** Passes an event on until a replica has taken it; what came before that and was no refused connection. */
  deliver(webhook: SignedWebhook): Promise<string[]>;
  /** Every event that was passed on, in the order in which they were answered with 200. */
  readonly taken: readonly SignedWebhook[];
  /** The way to the database server, where it can be cut. */
  readonly relay: Relay | null;
  /** Stops everything and lets `check` look at what is stored: at this server, or in this folder. */
  checkStored<T>(check: (url: string | undefined, dataDir: string) => Promise<T>): Promise<T>;
  /** Ends everything; fails when the platform was sent anything undocumented. */
  end(): Promise<void>;
}

export interface ReplicaOptions {
  readonly database?: DatabaseKind;
  /** Needed by more than one. */
  readonly redisUrl?: string | undefined;
  /** Where data is kept, if not in the machine's own places. */
  readonly places?: Places | undefined;
  /** Whether the way to the database server can be cut. */
  readonly relayed?: boolean;
  readonly startsAt: Instant;
  readonly env?: Readonly<Record<string, string>>;
}

export async function openReplicas(options: ReplicaOptions): Promise<Replicas> {
  const { database = "PostgreSQL", redisUrl, startsAt, env = {} } = options;
  const fake = await startFakeZalo({ clock: startingAt(startsAt) });
  fake.zalo.windows.enforce(PACKAGE_REPLIES);
  const phones = createPhones(fake.zalo);
  const data = await freshData(database, options.places);
  const url = data.env["DATABASE_URL"];
  const relay = options.relayed === true && url !== undefined ? await relayTo(url) : null;
  const living: Replica[] = [];
  const taken: SignedWebhook[] = [];
  let next = 0;
  const leave = (replica: Replica): void => {
    const place = living.indexOf(replica);
    if (place >= 0) living.splice(place, 1);
  };

  async function start(): Promise<Replica> {
    const process = await runProgram({
      ...data.env,
      ...envFor(fake),
      ...(relay === null ? {} : { DATABASE_URL: relay.url }),
      ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
      CLOCK: iso(fake.clock.now()),
      ...env,
    });
    const replica: Replica = { process, ...createCalls({ now: process }) };
    living.push(replica);
    return replica;
  }

  return {
    fake,
    phones,
    living,
    taken,
    relay,
    start,
    async revive() {
      const ended = living.filter(({ process }) => process.hasEnded());
      ended.forEach(leave);
      for (let i = 0; i < ended.length; i++) await start();
      return ended.length;
    },
    async checkStored(check) {
      await Promise.all(living.splice(0).map(({ process }) => process.stop()));
      return check(url, data.env["DATA_DIR"] ?? "");
    },
    async kill(replica) {
      leave(replica);
      await replica.process.kill();
    },
    async stop(replica) {
      const stopped = replica.process.stop();
      const status = await stopped;
      leave(replica);
      return status;
    },
    async deliver(webhook) {
      const failed: string[] = [];
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const replica = living[next++ % living.length];
        const status = await replica?.deliver(onItsOwn(webhook)).catch((error: unknown) => reasonOf(error));
        if (status === HTTP_OK) {
          taken.push(webhook);
          return failed;
        }
        if (replica !== undefined && status !== REFUSED)
          failed.push(`${status}: ${replica.process.output().slice(-OUTPUT_SHOWN)}`);
        await sleep(TRY_AGAIN_MS);
      }
      throw new Error(
        `none of ${living.length} replicas has taken the event; ${failed.at(-1) ?? "nobody listened"}`,
      );
    },
    async end() {
      await Promise.all(living.map(({ process }) => process.stop()));
      await relay?.close();
      await data.remove();
      await fake.close();
    },
  };
}

const REFUSED = "refused";

/** A connection for each webhook: one that is kept may be closed by its end just as it is used again. */
const onItsOwn = ({ rawBody, headers }: SignedWebhook): SignedWebhook => ({
  rawBody,
  headers: { ...headers, connection: "close" },
});

/** What lies at the bottom; jest's errors are of another realm than those of the runtime, so only their shape tells. */
const causeSchema = z.object({
  message: z.string(),
  code: z.unknown().optional(),
  cause: z.unknown().optional(),
});

/** `refused` where nobody listened, so that nothing can have been taken. */
function reasonOf(error: unknown): string {
  const { cause, code, message } = causeSchema.parse(error);
  if (cause !== undefined) return reasonOf(cause);
  return code === "ECONNREFUSED" ? REFUSED : message;
}
