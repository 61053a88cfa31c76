import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkKnowledge } from "../../../src/knowledge/check";
import { loadKnowledge } from "../../../src/knowledge/entries";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "knowledge-"));
  mkdirSync(join(dir, "nq-30"));
  writeFileSync(join(dir, "synonyms.yaml"), LEXICON);
  writeFileSync(join(dir, "facts.json"), FACTS);
  writeFileSync(join(dir, "sources.json"), "{}");
});
afterEach(() => rmSync(dir, { recursive: true }));

const LEXICON =
  'short: {}\nsame: []\nnear: []\nchatter: ""\nlight: ""\nasides: []\nparticles: ""\nsocial: ""\nabuse: ""\nelsewhere: []\nours: []\nforeign: []\n';
const FACTS = JSON.stringify({
  "nq30-001": { status: "passed", asOf: "2025-09-29", document: null, confidence: "high", sources: [] },
});

const entry = (id: string, extra = "", question = `Câu hỏi ${id}?`): string => `
  - id: ${id}
    question: ${question}
    phrasings: [hỏi về ${id}]
    answer: Đây là câu trả lời.
    kind: answer
    facts: [nq30-001]
    asOf: 2025-09-29
    confidence: high
${extra}`;

function write(entries: string): void {
  writeFileSync(
    join(dir, "nq-30", "von.yaml"),
    `resolution: nq30\ntopic: von\ntitle: Vốn\nentries:${entries}`,
  );
}

describe("loadKnowledge", () => {
  test("an entry knows its topic and file", () => {
    write(entry("nq30-a"));
    expect(loadKnowledge(dir).entries).toMatchObject([
      { id: "nq30-a", resolution: "nq30", topic: "von", topicTitle: "Vốn", file: "nq-30/von.yaml" },
    ]);
  });

  test("every problem is named with file and line, all in one error", () => {
    write(entry("nq30-a", "    colour: red\n") + entry("nq30-b", "    validTo: never\n"));
    expect(() => loadKnowledge(dir)).toThrow(/2 problem[\s\S]*nq-30\/von\.yaml:5[\s\S]*nq-30\/von\.yaml:\d+/);
  });

  test("a file that is no YAML is named with its line", () => {
    writeFileSync(join(dir, "nq-30", "von.yaml"), "resolution: nq30\ntopic: [von\n");
    expect(() => loadKnowledge(dir)).toThrow(/nq-30\/von\.yaml:\d/);
  });
});

describe("checkKnowledge", () => {
  const faults = (): string[] => checkKnowledge(loadKnowledge(dir));

  test("nothing to say about a good set", () => {
    write(entry("nq30-a"));
    expect(faults()).toEqual([]);
  });
  test("a relation that leads nowhere", () => {
    write(entry("nq30-a", "    related: [nq30-z]\n"));
    expect(faults()).toEqual([expect.stringContaining("nq30-z, which does not exist")]);
  });
  test("the same id twice", () => {
    write(entry("nq30-a") + entry("nq30-a", "", "Câu khác?").replace("hỏi về nq30-a", "hỏi nữa"));
    expect(faults()).toContainEqual(expect.stringContaining("the id also stands under nq30-a"));
  });
  test("one question under two entries, whatever its marks and particles", () => {
    write(entry("nq30-a", "", "Quỹ là gì?") + entry("nq30-b", "", "quy la gi"));
    expect(faults()).toEqual([expect.stringContaining('"quy la gi" also stands under nq30-a')]);
  });
  test("a fact that no entry covers, and one that does not exist", () => {
    write(entry("nq30-a").replace("[nq30-001]", "[nq30-999]"));
    expect(faults()).toEqual([
      expect.stringContaining("unknown fact nq30-999"),
      expect.stringContaining("no entry covers nq30-001"),
    ]);
  });
  test("an answer without a source, and one that is too long", () => {
    write(entry("nq30-a") + entry("nq30-b").replace("facts: [nq30-001]", "facts: []"));
    expect(faults()).toEqual([expect.stringContaining("neither facts nor a document")]);
    write(entry("nq30-a").replace("Đây là câu trả lời.", "a".repeat(501)));
    expect(faults()).toEqual([expect.stringContaining("501 characters")]);
  });
});
