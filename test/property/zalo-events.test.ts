import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { inputSchema } from "../../src/conversation/event";
import { readEvent } from "../../src/zalo/events";
import { verify } from "../../src/zalo/signature";
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

function put(value: Json, [key, ...rest]: string[], part: Json): Json {
  if (key === undefined) return part;
  const copy: Record<string, Json> = Object.assign(Array.isArray(value) ? [] : {}, value);
  const inner = put(copy[key], rest, part);
  if (inner === undefined) Reflect.deleteProperty(copy, key);
  else copy[key] = inner;
  return copy;
}

function checkRead(rawBody: Buffer): void {
  const event = readEvent(rawBody, FIXTURE_IDS.oaId);
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

  it("with bytes cut, doubled or overwritten", () => {
    fc.assert(
      fc.property(anyBody, fc.nat(), fc.nat(64), fc.uint8Array({ maxLength: 8 }), (body, at, cut, bytes) => {
        const raw = Buffer.from(body);
        const from = at % raw.length;
        const mutated = Buffer.concat([raw.subarray(0, from), bytes, raw.subarray(from + cut)]);
        checkRead(mutated);
        expect(verify(mutated, { "x-zevent-signature": "mac=" + "0".repeat(64) }, FIXTURE_IDS)).toBeNull();
      }),
      { numRuns: RUNS },
    );
  });

  it("made of nothing but noise", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => checkRead(Buffer.from(bytes))));
    fc.assert(fc.property(fc.json(), (json) => checkRead(Buffer.from(json))));
  });
});
