import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { tap } from "../../src/conversation/message";
import { messageSchema } from "../../src/simulator/wire-schemas";
import { bodiesOf, fit } from "../../src/zalo/bodies";
import { MAX_TEXT_UNITS, wireText } from "../../src/zalo/limits";
import { splitText } from "../../src/zalo/split-text";
import { PERSON } from "../support/fake-zalo";

const pieces = [
  fc.constantFrom(
    "báo cáo ",
    "Sở KH&CN. ",
    "\n",
    "\n\n",
    "  ",
    "[",
    "[@",
    "@",
    "[@123] ",
    "\r\n",
    "\t",
    "?”",
    "…",
  ),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "👨‍👩‍👧‍👦",
    "😀",
    "e\u0323\u0302",
    "ệ",
    "\u0301",
    "\ud800",
    "\udc00",
    "각",
    "क्षि",
    "\u0958",
    "\u200b",
  ),
  fc.nat(2_500).map((count) => " ".repeat(count)),
  fc.nat(2_500).map((count) => "x".repeat(count)),
  fc.nat(900).map((count) => "a" + "\u0316\u0301".repeat(count)),
];
const anyText = fc.array(fc.oneof(...pieces), { maxLength: 60 }).map((parts) => parts.join(""));
const button = fc
  .tuple(fc.string({ unit: "grapheme", maxLength: 150 }), fc.string({ maxLength: 50 }))
  .map(([title, word]) => tap(title, "x", word));

/** One letter each, to whoever reads it: cut in the middle it is another letter, or none. */
const LETTERS = [
  "👨‍👩‍👧‍👦",
  "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
  "🇻🇳",
  "👍🏽",
  "😀",
  "e\u0323\u0302",
  "a" + "\u0316\u0301".repeat(20),
  "각",
  "क्षि",
  // Grow as they are composed: more units on the wire than in the text.
  "\u0958",
  "\ufb2c",
  "\u{1d160}",
];
/** A letter that lies on the edge of a message, with a word, a blank or nothing before it. */
const atTheEdge = fc
  .tuple(
    fc.integer({ min: -40, max: 4 }),
    fc.array(fc.constantFrom(...LETTERS, "[", "@", "x", ". "), { minLength: 1, maxLength: 60 }),
    fc.constantFrom("x", "ệ", "Chào bác. ", "\n"),
  )
  .map(([offset, letters, filler]) => {
    const filled = filler.repeat(MAX_TEXT_UNITS).slice(0, MAX_TEXT_UNITS + offset);
    return filled + letters.join("") + filled;
  });

/** What a reader sees of a text: its composed form, without the invisible joiner. */
const asRead = (text: string): string =>
  text
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replaceAll("\u2060", "")
    .normalize("NFC");

describe("any text", () => {
  it("is cut into pieces that join to the text, each within the limit on the wire", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 3, max: 60 }), (text, limit) => {
        const cut = splitText(text, limit);
        expect(cut.join("")).toBe(text);
        if (text !== "") expect(cut).not.toContain("");
        for (const piece of cut) expect(wireText(piece).length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it("becomes valid bodies whose texts join to the text", () => {
    fc.assert(
      fc.property(anyText, fc.array(button, { maxLength: 12 }), (text, buttons) => {
        const message = { text, buttons };
        const parts = fit(message);
        expect(parts.map((part) => part.text).join("")).toBe(text);
        expect(parts.flatMap((part) => part.buttons ?? [])).toEqual(buttons);
        for (const body of bodiesOf(PERSON, message)) {
          expect(messageSchema.safeParse(body).error).toBeUndefined();
          expect((body.message.text ?? "").length).toBeLessThanOrEqual(MAX_TEXT_UNITS);
          expect(body.message.text).not.toContain("[@");
        }
        const read = bodiesOf(PERSON, { text }).map((body) => body.message.text ?? "");
        expect(asRead(read.join(""))).toBe(asRead(text));
      }),
      { numRuns: 150 },
    );
  });

  it("is cut between letters, never within one", () => {
    const graphemes = new Intl.Segmenter("vi", { granularity: "grapheme" });
    fc.assert(
      fc.property(atTheEdge, (text) => {
        const parts = fit({ text }).map((part) => part.text);
        expect(parts.join("")).toBe(text);
        const edges = new Set(Array.from(graphemes.segment(text), ({ index }) => index));
        let at = 0;
        for (const part of parts) {
          expect(edges.has(at)).toBe(true);
          expect(part).not.toMatch(/\p{Surrogate}/u);
          at += part.length;
        }
        for (const body of bodiesOf(PERSON, { text })) {
          expect(messageSchema.safeParse(body).error).toBeUndefined();
          expect((body.message.text ?? "").normalize("NFC").length).toBeLessThanOrEqual(MAX_TEXT_UNITS);
          expect(body.message.text).not.toContain("[@");
        }
      }),
      { numRuns: 150 },
    );
  });

  it("stays as it is once it fits", () => {
    fc.assert(
      fc.property(anyText, fc.array(button, { maxLength: 12 }), (text, buttons) => {
        for (const part of fit({ text, buttons, picture: "p" })) expect(fit(part)).toEqual([part]);
      }),
      { numRuns: 150 },
    );
  });
});
