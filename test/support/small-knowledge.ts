/** A knowledge folder with the bundled lexicon and one entry: loaded in no time, sound by its own. */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../src/core/root";

const FUND = `resolution: nq30
topic: quy
title: Quỹ
entries:
  - id: nq30-la-gi
    question: Nghị quyết 30/2025/NQ-HĐND quy định về vấn đề gì?
    phrasings: [nghị quyết 30 là gì]
    answer: Về Quỹ Đầu tư mạo hiểm thành phố Hà Nội.
    kind: answer
    document: Nghị quyết 30/2025/NQ-HĐND
    asOf: 2025-09-29
    confidence: high
`;

export function smallKnowledge(below: string): string {
  const dir = join(below, "small");
  mkdirSync(dir);
  copyFileSync(join(ROOT, "config", "knowledge", "synonyms.yaml"), join(dir, "synonyms.yaml"));
  writeFileSync(join(dir, "facts.json"), "{}");
  writeFileSync(join(dir, "sources.json"), "{}");
  writeFileSync(join(dir, "quy.yaml"), FUND);
  return dir;
}
