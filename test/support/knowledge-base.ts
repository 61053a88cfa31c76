/** A few entries with the bundled lexicon: enough for what the engine does with them. */
import { join } from "node:path";
import { ROOT } from "../../src/core/root";
import { loadKnowledge, type Entry, type Knowledge } from "../../src/knowledge/entries";

export const anEntry = (id: string, question: string, phrasings: readonly string[] = [question]): Entry => ({
  id,
  question,
  phrasings: [...phrasings],
  keywords: [],
  answer: `Trả lời ${id}.`,
  kind: "answer",
  facts: [],
  document: "Nghị quyết 30/2025/NQ-HĐND",
  related: [],
  asOf: "2025-11-26",
  confidence: "high",
  resolution: "general",
  topic: "thu",
  topicTitle: "Thử",
  file: "thu.yaml",
});

export function aKnowledgeBase(entries: readonly Entry[]): Knowledge {
  const { lexicon } = loadKnowledge(join(ROOT, "config", "knowledge"));
  return { entries, lexicon, facts: new Map(), sources: new Map() };
}
