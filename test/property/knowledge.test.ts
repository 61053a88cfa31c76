import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { join } from "node:path";
import { at, frozenAt } from "../../src/core/clock";
import { ROOT } from "../../src/core/root";
import { loadKnowledge } from "../../src/knowledge/entries";
import { createKnowledge } from "../../src/knowledge/knowledge";

const loaded = loadKnowledge(join(ROOT, "config", "knowledge"));
const engine = createKnowledge(loaded, frozenAt(at("2026-03-15", "08:00")));
const phrasings = loaded.entries.flatMap(({ question, phrasings: others }) => [question, ...others]);

/** Together with the properties below, ten thousand texts in one run of the suite. */
const RUNS = 4_000;
/** Everything that has broken a parser somewhere: marks alone, directions, joiners, halves of pairs, regular expressions. */
const HOSTILE = [
  "\u0301\u0301\u0301",
  "\u202e nghị quyết",
  "\u200b\u200d\ufeff",
  "\ud800",
  "(((((",
  "a{999999}",
  "'; drop table tickets; --",
  "<script>alert(1)</script>",
  "${process.env}",
  "__proto__ constructor toString",
  "1e309 NaN -0 0x10 9".repeat(40),
  "?".repeat(5_000),
  "nq".repeat(3_000),
  "29/9/2025/30/2025/NQ-HĐND/459",
];
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.constantFrom(...HOSTILE),
  fc.tuple(fc.constantFrom(...phrasings), fc.constantFrom(...HOSTILE)).map((parts) => parts.join(" ")),
);
const asked = fc.constantFrom(...phrasings);
const KINDS = ["answer", "choices", "gap", "abstain", "smalltalk"];

describe("whatever is typed", () => {
  test("an answer comes back, and never an empty one", () => {
    fc.assert(
      fc.property(hostile, fc.array(hostile, { maxLength: 2 }), (text, after) => {
        const answer = engine.ask(text, after);
        expect(KINDS).toContain(answer.kind);
        expect(answer.text.length).toBeGreaterThan(0);
        expect(answer.score).toBeGreaterThanOrEqual(0);
        expect(answer.score).toBeLessThanOrEqual(1);
      }),
      { numRuns: RUNS },
    );
  });

  test("the same words give the same answer", () => {
    fc.assert(
      fc.property(asked, asked, (text, before) => {
        expect(engine.ask(text, [before])).toEqual(engine.ask(text, [before]));
      }),
      { numRuns: 100 },
    );
  });
});

const NEW_TO_OLD: Readonly<Record<string, string>> = {
  òa: "oà",
  óa: "oá",
  ỏa: "oả",
  ọa: "oạ",
  òe: "oè",
  óe: "oé",
  ỏe: "oẻ",
  ủy: "uỷ",
  úy: "uý",
  ụy: "uỵ",
};
const inOldStyle = (text: string): string =>
  text.normalize("NFC").replace(/òa|óa|ỏa|ọa|òe|óe|ỏe|ủy|úy|ụy/gu, (pair) => NEW_TO_OLD[pair] ?? pair);

describe("the same question written otherwise", () => {
  const checkSameAs = (rewrite: (text: string) => string): void => {
    fc.assert(
      fc.property(asked, (text) => {
        expect(engine.ask(rewrite(text), [])).toEqual(engine.ask(text, []));
      }),
      { numRuns: RUNS / 4 },
    );
  };

  test("with marks put together or apart", () => {
    checkSameAs((text) => text.normalize("NFD"));
  });
  test("with marks in the old or the new place", () => {
    checkSameAs(inOldStyle);
  });
  test("in capital letters", () => {
    // Capitals tell artificial intelligence from "who".
    const isPlain = (text: string) => !/\bai\b/i.test(text);
    fc.assert(
      fc.property(asked.filter(isPlain), (text) => {
        expect(engine.ask(text.toUpperCase(), [])).toEqual(engine.ask(text, []));
      }),
      { numRuns: RUNS / 4 },
    );
  });
  test("with spaces around it", () => {
    checkSameAs((text) => `  ${text}\n`);
  });
});

describe("gibberish", () => {
  test("is never answered", () => {
    const letters = fc
      .string({
        unit: fc.constantFrom(...Array.from("bcdfghjklmnpqrstvwxz")),
        minLength: 5,
        maxLength: 12,
      })
      // A letter held down is read as one: "bbbbn" is "bn", which is "bạn".
      .filter((word) => !/(.)\1\1/.test(word));
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 6 }), (words) => {
        expect(engine.ask(words.join(" "), []).kind).toBe("abstain");
      }),
      { numRuns: RUNS / 2 },
    );
  });
});
