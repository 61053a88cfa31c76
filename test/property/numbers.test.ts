/** Whatever is written can be read back, and nothing typed breaks the reader. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { inDigits, inWords } from "../../src/core/number-words";
import { readSeveral } from "../../src/core/several-numbers";
import { fold } from "../../src/core/text";
import { readNumber } from "../../src/core/vietnamese-number";
import { FIELDS } from "../support/builders";

const MAX = 2_000_000_000_000;
const count = fc.oneof(
  fc.integer({ min: 0, max: 2_000 }),
  fc.integer({ min: 0, max: 2_000_000_000 }),
  fc.maxSafeInteger().map((n) => Math.abs(n) % MAX),
  // Round numbers are where empty places are.
  fc
    .tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 4 }))
    .map(([n, places]) => n * 1000 ** places),
);
const figures = FIELDS.filter(({ type }) => type === "integer");

describe("reading back what was written", () => {
  test("in words, with marks and without", () => {
    fc.assert(
      fc.property(count, (value) => {
        const words = inWords(value);
        expect(readNumber(words)).toEqual({ ok: true, value });
        expect(readNumber(fold(words))).toEqual({ ok: true, value });
        expect(readNumber(words.normalize("NFD"))).toEqual({ ok: true, value });
      }),
      { numRuns: 2000 },
    );
  });

  test("in digits, with points, commas, blanks and full width", () => {
    fc.assert(
      fc.property(count, (value) => {
        const grouped = inDigits(value);
        const wide = String(value).replace(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d)));
        const writings = [
          grouped,
          grouped.replace(/\./g, ","),
          grouped.replace(/\./g, " "),
          wide,
          `khoảng ${grouped} người`,
        ];
        for (const text of writings) expect({ text, ...readNumber(text) }).toEqual({ text, ok: true, value });
      }),
    );
  });

  test("in thousands and millions", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 9 }), (whole, tenth) => {
        expect(readNumber(`${whole}k`)).toEqual({ ok: true, value: whole * 1e3 });
        expect(readNumber(`${whole}tr${tenth}`)).toEqual({ ok: true, value: whole * 1e6 + tenth * 1e5 });
        expect(readNumber(`${whole},${tenth} triệu`)).toEqual({ ok: true, value: whole * 1e6 + tenth * 1e5 });
      }),
    );
  });

  test("next to the names of fields, in any order", () => {
    const entries = fc.uniqueArray(fc.constantFrom(...figures), { minLength: 1, selector: ({ id }) => id });
    fc.assert(
      fc.property(
        entries,
        fc.array(fc.integer({ min: 0, max: 99_999 }), { minLength: 6, maxLength: 6 }),
        fc.constantFrom(", ", "; ", "\n", " và "),
        (fields, numbers, sign) => {
          const expected = Object.fromEntries(fields.map(({ id }, i) => [id, numbers[i] ?? 0]));
          const numberFirst = fields
            .map(({ aliases }, i) => `${numbers[i] ?? 0} ${aliases[0] ?? ""}`)
            .join(sign);
          const labelFirst = fields.map(({ label }, i) => `${label}: ${numbers[i] ?? 0}`).join(sign);
          for (const text of [numberFirst, labelFirst]) {
            const { values, unclear } = readSeveral(text, figures);
            expect({ text, values: Object.fromEntries(values), unclear }).toEqual({
              text,
              values: expected,
              unclear: [],
            });
          }
        },
      ),
    );
  });
});

describe("whatever is typed", () => {
  const pieces = fc.constantFrom(
    "5",
    "1.250",
    "0",
    "-",
    "/",
    ",",
    ".",
    " ",
    "k",
    "tr",
    "triệu",
    "nghìn",
    "trăm",
    "mươi",
    "linh",
    "rưỡi",
    "năm",
    "không",
    "tỷ",
    "e",
    "%",
    "tin",
    "hội nghị",
    "người",
    "\n",
    "?",
    "９",
  );
  const typed = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join("")),
    fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(" ")),
  );

  test("gives a whole number from 0, or a reason", () => {
    fc.assert(
      fc.property(typed, (text) => {
        const reading = readNumber(text);
        expect(!reading.ok || (Number.isSafeInteger(reading.value) && reading.value >= 0)).toBe(true);
        for (const value of readSeveral(text, figures).values.values()) {
          expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test("negative is never taken", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.constantFrom("-", "- ", "−", "âm ", "trừ "),
        (value, sign) => {
          expect(readNumber(`${sign}${value}`)).toEqual({ ok: false, reason: "negative" });
          expect(readSeveral(`${sign}${value} tin`, figures).values.size).toBe(0);
        },
      ),
    );
  });
});
