/** Walks the register of conversations and everything they can say. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { faultsOf } from "../../src/conversation/house";
import { lengthOf } from "../../src/core/text";
import { newsSchema } from "../../src/conversation/event";
import { house } from "../../flows";

const FLOWS = join(__dirname, "..", "..", "flows");
/** Zalo's page on messages: 2,000 characters. */
const MAX_CHARS = 2_000;

const wordingFiles = readdirSync(FLOWS, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".vi.ts"),
);
const contentsOf = (file: string): string => readFileSync(join(FLOWS, file), "utf8");
/** Every piece of text between quotation marks or backticks. */
const sentencesOf = (file: string): string[] =>
  [...contentsOf(file).matchAll(/"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)]
    .map((match) => match[1] ?? match[2] ?? "")
    .filter((text) => !text.startsWith("../"));

describe("the register", () => {
  test("has no faults", () => {
    expect(faultsOf(house)).toEqual([]);
  });

  test("has a dialogue for every conversation", () => {
    const withDialogue = readdirSync(__dirname, { withFileTypes: true })
      .filter((folder) => folder.isDirectory())
      .filter((folder) => readdirSync(join(__dirname, folder.name)).some((file) => file.endsWith(".test.ts")))
      .map(({ name }) => name);
    const missing = house.flows.map(({ id }) => id).filter((id) => !withDialogue.includes(id));
    expect(missing).toEqual([]);
  });

  test("has a teller for every kind of news", () => {
    const kinds = newsSchema.options.map((option) => option.shape.kind.value);
    expect(Object.keys(house.tellers).sort()).toEqual([...kinds].sort());
  });

  test("knows every button that a conversation makes", () => {
    const made = readdirSync(FLOWS, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => [
        ...contentsOf(file).matchAll(
          /"((?:report|ask|link|deputy|difficulty|ext|stop|data|staff|clarify|ticket|menu)\.[a-z-]+)"/g,
        ),
      ])
      .map((match) => match[1] ?? "");
    const known = new Set(house.flows.flatMap((flow) => flow.taps ?? []));
    expect([...new Set(made)].filter((action) => !known.has(action))).toEqual([]);
    expect([...known].filter((action) => !/^[a-z]+\.[a-z0-9-]+$/.test(action))).toEqual([]);
  });
});

describe.each(wordingFiles)("the words of %s", (file) => {
  test("are NFC", () => {
    expect(contentsOf(file)).toBe(contentsOf(file).normalize("NFC"));
  });

  test("fit into one message", () => {
    expect(sentencesOf(file).filter((text) => lengthOf(text) > MAX_CHARS)).toEqual([]);
  });

  test("never call the account em", () => {
    expect(
      sentencesOf(file).filter((text) => /(^|[\s(“])em([\s.,)”]|$)/iu.test(text.replace(/trẻ em/g, ""))),
    ).toEqual([]);
  });

  test("hold no picture letters but the three that carry meaning", () => {
    const pictures = contentsOf(file)
      .replace(/✅|⚠️|📌/gu, "")
      .match(/\p{Extended_Pictographic}/gu);
    expect(pictures).toBeNull();
  });

  test("have no doubled blanks and none before a comma or a full stop", () => {
    const plain = [...contentsOf(file).matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map((match) => match[1] ?? "");
    expect(plain.filter((text) => / {2}|\p{L} [,.;:!?]/u.test(text))).toEqual([]);
  });
});
