/** Drives the built program with odd calls and watches that it stays up, never says 5xx, and gives memory back. */
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { startingAt, at } from "../../src/core/clock";
import { startFakeZalo } from "../support/fake-zalo";
import { freshData, type DatabaseKind } from "../support/program-databases";
import { runProgram, type Running } from "../support/program-process";
import { chanceFrom, type Chance } from "./chance";
import { apiCall, knownTickets, RAW_REQUESTS, TOKEN, webhookCall, type Call } from "./calls";

export interface FuzzOptions {
  readonly webhooks: number;
  readonly api: number;
  readonly seed: number;
  readonly database: DatabaseKind;
  /** Told of memory at start, middle and end; it is not looked at for nobody. */
  readonly onMemory?: (memory: Memory) => void;
}

export interface Memory {
  readonly when: string;
  readonly rssMb: number;
  readonly heapMb: number;
}

export interface Fuzzed {
  readonly statuses: Readonly<Record<string, number>>;
  /** Calls that were answered with 5xx or not at all, as far as they can be shown. */
  readonly faults: readonly string[];
  readonly exitStatus: number | null;
}

const AT_ONCE = 24;
const MAX_FAULTS_SHOWN = 40;
const MAX_SHOWN_CHARS = 600;
const SERVER_ERROR = 500;
const MEGABYTE = 2 ** 20;
/** Looks at the memory after a while of quiet; the least of them is what is really held. */
const LOOKS = 8;
const LOOK_EVERY_MS = 500;

function send(url: string, agent: Agent, { method, path, headers, body }: Call): Promise<number> {
  return new Promise((resolve, reject) => {
    // Without its length a body would be the beginning of a second, broken request for some methods.
    const length = body === null ? {} : { "content-length": String(body.length) };
    const sent = request(url + path, { method, headers: { ...headers, ...length }, agent }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? 0));
      response.once("error", reject);
    });
    // A kept connection may have been closed after the call before, as a front would see it too.
    sent.once("error", (error) => {
      if (sent.reusedSocket) resolve(send(url, new Agent(), { method, path, headers, body }));
      else reject(error);
    });
    sent.end(body ?? undefined);
  });
}

const shown = ({ method, path, headers, body }: Call): string =>
  `${method} ${path} ${JSON.stringify(headers)} ${(body ?? Buffer.alloc(0)).toString().slice(0, MAX_SHOWN_CHARS)}`;

/** Bytes on the wire; resolves once the program has answered, closed, or kept quiet for a moment. */
const sendRaw = (url: string, bytes: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    let answer = "";
    const end = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("data", (piece: Buffer) => (answer += piece.toString("latin1")));
    socket.once("close", end);
    socket.once("error", end);
    socket.setTimeout(LOOK_EVERY_MS, end);
    socket.write(Buffer.from(bytes, "latin1"));
  });

const figure = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1] ?? Number.NaN);

/** After everything that came has been dealt with. */
async function memoryOf({ url }: Running, when: string): Promise<Memory> {
  let least = { rssMb: Infinity, heapMb: Infinity };
  for (let look = 0; look < LOOKS; look++) {
    const text = await (await fetch(`${url}/metrics`)).text();
    const rssMb = Math.round(figure(text, "process_resident_memory_bytes") / MEGABYTE);
    const heapMb = Math.round(figure(text, "nodejs_heap_size_used_bytes") / MEGABYTE);
    least = { rssMb: Math.min(least.rssMb, rssMb), heapMb: Math.min(least.heapMb, heapMb) };
    await sleep(LOOK_EVERY_MS);
  }
  return { when, ...least };
}

async function settled({ url }: Running): Promise<void> {
  // A long backlog takes longer than one call may.
  for (;;) {
    const { status } = await fetch(`${url}/dev/settle`, { method: "POST" });
    if (status !== 504) return;
  }
}

const ticketsAnswer = z.object({ items: z.array(z.object({ code: z.string() })) });
async function learnTickets({ url }: Running): Promise<void> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const { items } = ticketsAnswer.parse(await (await fetch(`${url}/api/v1/tickets`, { headers })).json());
  knownTickets.splice(0, Infinity, ...items.slice(0, 50).map(({ code }) => code));
}

export async function fuzz(options: FuzzOptions): Promise<Fuzzed> {
  const fake = await startFakeZalo({ clock: startingAt(at("2025-12-02", "08:00")) });
  const data = await freshData(options.database);
  const { appId, appSecret, oaId, oaSecretKey, apiUrl, zbsUrl, oauthUrl, refreshToken = "" } = fake.settings;
  const program = await runProgram({
    ...data.env,
    ADMIN_TOKEN: TOKEN,
    ZALO_APP_ID: appId,
    ZALO_APP_SECRET: appSecret,
    ZALO_OA_ID: oaId,
    ZALO_OA_SECRET_KEY: oaSecretKey,
    ZALO_REFRESH_TOKEN: refreshToken,
    ZALO_API_URL: apiUrl,
    ZALO_ZBS_URL: zbsUrl,
    ZALO_OAUTH_URL: oauthUrl,
    CLOCK: "2025-12-02T08:00:00+07:00",
    DEV_CONTROL: "1",
    LOG_LEVEL: "error",
    // Most calls go beyond what the platform would take; the pretend one takes them.
    ZALO_CALLS_PER_MINUTE: "1000000",
  });
  try {
    return await drive(program, options);
  } finally {
    await program.kill();
    await data.remove();
    // What the program sent to the platform is judged too.
    await fake.close();
  }
}

async function drive(program: Running, options: FuzzOptions): Promise<Fuzzed> {
  const { webhooks, api, seed } = options;
  const chance = chanceFrom(seed);
  const statuses: Record<string, number> = {};
  const faults: string[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const remember = async (when: string) => {
    await settled(program);
    if (options.onMemory === undefined) return;
    const now = await memoryOf(program, when);
    options.onMemory(now);
  };
  const fault = (what: string) => {
    if (faults.length < MAX_FAULTS_SHOWN) faults.push(what);
  };

  async function one(make: (chance: Chance) => Call): Promise<void> {
    const call = make(chance);
    try {
      const status = await send(program.url, agent, call);
      const name = `${call.path === "/webhook/zalo" ? "webhook" : "api"} ${status}`;
      statuses[name] = (statuses[name] ?? 0) + 1;
      if (status >= SERVER_ERROR) fault(`${status} ${shown(call)}`);
    } catch (error) {
      fault(`no answer (${String(error)}) ${shown(call)}`);
    }
  }

  async function many(count: number, make: (chance: Chance) => Call): Promise<void> {
    let left = count;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (left-- > 0) await one(make);
      }),
    );
  }

  // Warm first: pages of code and pools are no leak.
  await many(Math.ceil(webhooks / 20), webhookCall);
  await many(Math.ceil(api / 20), apiCall);
  await remember("start");
  for (const half of ["middle", "end"]) {
    await learnTickets(program);
    await many(Math.ceil((webhooks * 19) / 40), webhookCall);
    await many(Math.ceil((api * 19) / 40), apiCall);
    for (const bytes of RAW_REQUESTS) {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(await sendRaw(program.url, bytes))?.[1] ?? "closed";
      statuses[`raw ${status}`] = (statuses[`raw ${status}`] ?? 0) + 1;
      if (Number(status) >= SERVER_ERROR) fault(`${status} ${bytes.slice(0, MAX_SHOWN_CHARS)}`);
    }
    await remember(half);
  }
  agent.destroy();
  const parked = /an event failed.*$/m.exec(program.output());
  if (parked !== null) fault(parked[0].slice(0, MAX_SHOWN_CHARS));
  return { statuses, faults, exitStatus: await program.stop() };
}
