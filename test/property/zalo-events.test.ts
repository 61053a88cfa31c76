import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createReceive } from "../../src/app/webhook";
import { inputSchema } from "../../src/conversation/event";
import { createMetrics } from "../../src/web/metrics";
import { readEvent } from "../../src/zalo/events";
import { createVerify } from "../../src/zalo/signature";
import { FIXTURE_IDS } from "../support/fake-zalo";
import { webhookFixtures } from "../support/fake-zalo-fixtures";

const RUNS = 3_000;
const bodies = webhookFixtures().map(({ rawBody }) => rawBody);
const anyBody = fc.constantFrom(...bodies);

type Json = unknown;
/** Every place inside a value, as the keys that lead there. */
function placesIn(value: Json, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => placesIn(part, [...path, key]))];
}

const partAt = (value: Json, places: readonly string[][], at: number): Json =>
  (places[at % places.length] ?? []).reduce<Json>(
    (part, key) => (typeof part === "object" && part !== null ? Reflect.get(part, key) : undefined),
    value,
  );

function put(value: Json, [key, ...rest]: string[], part: Json): Json {
  if (key === undefined) return part;
  const copy: Record<string, Json> = Object.assign(Array.isArray(value) ? [] : {}, value);
  const inner = put(copy[key], rest, part);
  if (inner === undefined) Reflect.deleteProperty(copy, key);
  else copy[key] = inner;
  return copy;
}

const sealed = { close: (phone: string) => `v1.${String(phone.length)}` };

function checkRead(rawBody: Buffer): void {
  const event = readEvent(rawBody, FIXTURE_IDS.oaId, sealed);
  if (event === null) return;
  expect(event.eventKey.length).toBeLessThanOrEqual(300);
  expect(Number.isSafeInteger(event.occurredAt)).toBe(true);
  if (event.address !== null) expect(event.address).toMatch(/^\d{6,32}$/);
  if (event.input !== null) {
    expect(event.address).not.toBeNull();
    expect(inputSchema.parse(event.input)).toEqual(event.input);
  }
  expect(JSON.stringify(event)).not.toMatch(/\\u0000|\\ud[89a-f]/);
}

describe("no event, however mutated, throws", () => {
  it("with any part replaced or removed", () => {
    fc.assert(
      fc.property(anyBody, fc.nat(), fc.option(fc.jsonValue(), { nil: undefined }), (body, at, part) => {
        const value: Json = JSON.parse(body);
        const places = placesIn(value);
        checkRead(Buffer.from(JSON.stringify(put(value, places[at % places.length] ?? [], part) ?? null)));
      }),
      { numRuns: RUNS },
    );
  });

  it("with several parts taken from other events, or of a kind that nobody expects there", () => {
    const values = bodies.map((body): Json => JSON.parse(body));
    const elsewhere = fc
      .tuple(fc.constantFrom(...values), fc.nat())
      .map(([value, at]) => partAt(value, placesIn(value), at));
    const odd = fc.constantFrom<Json>(
      ...["", " ", "\u0000", "\ud800", "__proto__", "9".repeat(400), "x".repeat(70_000)],
      ...[-0, 1e308, 2 ** 53, true, null, [], {}, [[[[]]]], { toString: 1 }, { length: -1 }],
    );
    const change = fc.tuple(fc.nat(), fc.oneof(elsewhere, odd));
    fc.assert(
      fc.property(
        fc.constantFrom(...values),
        fc.array(change, { minLength: 1, maxLength: 5 }),
        (value, changes) => {
          const changed = changes.reduce((event, [at, part]) => {
            const places = placesIn(event);
            return put(event, places[at % places.length] ?? [], part);
          }, value);
          checkRead(Buffer.from(JSON.stringify(changed)));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it("nor does whoever receives it, where it is signed", async () => {
    const recorded: string[] = [];
    const receive = createReceive({
      zalo: {
        verify: createVerify(FIXTURE_IDS),
        read: (body) => readEvent(body, FIXTURE_IDS.oaId, sealed),
      },
      inbox: { record: ({ eventKey }) => Promise.resolve((recorded.push(eventKey), "recorded" as const)) },
      metrics: createMetrics([]),
      endGroup: () => Promise.resolve(),
      alarm: () => undefined,
    });
    const noise = fc.tuple(anyBody, fc.nat(), fc.nat(30), fc.uint8Array({ maxLength: 8 }));
    await fc.assert(
      fc.asyncProperty(noise, async ([body, at, cut, bytes]) => {
        const raw = Buffer.from(body);
        const from = at % raw.length;
        const mutated = Buffer.concat([raw.subarray(0, from), bytes, raw.subarray(from + cut)]);
        const timestamp = /"timestamp"\s*:\s*"?(\d{1,20})/.exec(mutated.toString("latin1"))?.[1] ?? "1";
        const mac = createHash("sha256").update(FIXTURE_IDS.appId).update(mutated).update(timestamp);
        const headers = {
          "x-zevent-signature": `mac=${mac.update(FIXTURE_IDS.oaSecretKey).digest("hex")}`,
          "x-zevent-timestamp": timestamp,
        };
        expect(["accepted", "dropped"]).toContain(await receive(mutated, headers));
      }),
      { numRuns: RUNS },
    );
    // Most are still events: what is checked here is not only that nonsense is dropped.
    expect(recorded.length).toBeGreaterThan(RUNS / 10);
  });

  it("with bytes cut, doubled or overwritten", () => {
    fc.assert(
      fc.property(anyBody, fc.nat(), fc.nat(64), fc.uint8Array({ maxLength: 8 }), (body, at, cut, bytes) => {
        const raw = Buffer.from(body);
        const from = at % raw.length;
        const mutated = Buffer.concat([raw.subarray(0, from), bytes, raw.subarray(from + cut)]);
        checkRead(mutated);
        expect(
          createVerify(FIXTURE_IDS)(mutated, { "x-zevent-signature": "mac=" + "0".repeat(64) }),
        ).toBeNull();
      }),
      { numRuns: RUNS },
    );
  });

  it("made of nothing but noise", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => checkRead(Buffer.from(bytes))));
    fc.assert(fc.property(fc.json(), (json) => checkRead(Buffer.from(json))));
  });
});
