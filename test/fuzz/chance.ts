/** Chance that can be repeated: the same seed gives the same calls. */
import { seeded } from "../support/seeded";

export interface Chance {
  /** A whole number below `limit`. */
  below(limit: number): number;
  /** True in `share` of the cases. */
  is(share: number): boolean;
  of<T>(things: readonly [T, ...T[]]): T;
}

export function chanceFrom(seed: number): Chance {
  const next = seeded(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, is: (share) => next() < share, of: (things) => things[below(things.length)] ?? things[0] };
}

/** What parsers, databases and templates stumble over. */
const ODD: readonly [unknown, ...unknown[]] = [
  "",
  "\0",
  "a\0b",
  "\ud800",
  "x\udfffy",
  "\u202e\u0007\u001b[31m",
  "'; drop table persons; --",
  '"><script>alert(1)</script>',
  "../../../../etc/passwd",
  "{{7*7}}${7*7}<%= 7 %>",
  "%00%ff%c0%af",
  "=cmd|' /C calc'!A0",
  "__proto__",
  "constructor",
  "ấ".repeat(3_000),
  "e\u0323\u0302".repeat(200),
  "1e999",
  "-1",
  "9".repeat(400),
  "2025-12-05T17:00:00+07:00",
  "9999-12-31T23:59:59+07:00",
  "0000-01-01T00:00:00Z",
  null,
  true,
  0,
  -0,
  -1,
  2 ** 53,
  1e308,
  [],
  {},
  [[[[[[[[]]]]]]]],
  { __proto__: null, constructor: { prototype: { polluted: true } } },
];

export const oddValue = (chance: Chance): unknown => chance.of(ODD);
export const oddText = (chance: Chance): string => {
  const value = oddValue(chance);
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** Every place inside a value, as the keys that lead there. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => placesIn(part, [...path, key]))];
}

function put(value: unknown, [key, ...rest]: string[], part: unknown): unknown {
  if (key === undefined) return part;
  const copy: Record<string, unknown> = Object.assign(Array.isArray(value) ? [] : {}, value);
  const inner = put(copy[key], rest, part);
  if (inner === undefined) Reflect.deleteProperty(copy, key);
  else copy[key] = inner;
  return copy;
}

/** The value with one part of it replaced or gone. */
export function withOddPart(value: unknown, chance: Chance): unknown {
  const places = placesIn(value);
  const place = places[chance.below(places.length)] ?? [];
  return put(value, place, chance.is(0.2) ? undefined : oddValue(chance)) ?? null;
}

/** The bytes with some of them cut out, doubled or overwritten. */
export function withOddBytes(bytes: Buffer, chance: Chance): Buffer {
  const from = chance.below(bytes.length + 1);
  const noise = Buffer.from(Array.from({ length: chance.below(9) }, () => chance.below(256)));
  return Buffer.concat([bytes.subarray(0, from), noise, bytes.subarray(from + chance.below(65))]);
}
