/** The question engine alone: how long a question takes, with the real entries and with many more. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { at, frozenAt } from "../../src/core/clock";
import { ROOT } from "../../src/core/root";
import { loadKnowledge, type Knowledge } from "../../src/knowledge/entries";
import { createKnowledge } from "../../src/knowledge/knowledge";
import { readQuestions } from "../../src/tools/questions";
import { section } from "./figures";
import { withManyEntries } from "./many-entries";
import { median, spreadOf } from "./statistics";

const MANY = 5_000;
const ROUNDS = 7;
const BUILDS = 5;
const BYTES_PER_MB = 2 ** 20;

const FIXTURES = join(ROOT, "test", "fixtures", "questions");

function engineOf(knowledge: Knowledge) {
  const engine = createKnowledge(knowledge, frozenAt(at("2026-03-15", "08:00")));
  // The first question builds the index.
  engine.ask("xin chào", []);
  return engine;
}

/** Memory in use after everything that can go has gone. */
function usedBytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

export function answers(): Promise<void> {
  const questions = readdirSync(FIXTURES)
    .filter((file) => file.endsWith(".jsonl"))
    .sort()
    .flatMap((file) => readQuestions(join(FIXTURES, file)));
  const note = section(
    "Answers",
    `the ${questions.length} development questions, ${ROUNDS} rounds, medians of the rounds, one thread`,
  );
  const real = loadKnowledge(join(ROOT, "config", "knowledge"));
  for (const knowledge of [real, withManyEntries(real, MANY)]) {
    const count = `${knowledge.entries.length} entries`;
    const before = usedBytes();
    let engine = engineOf(knowledge);
    const builds = Array.from({ length: BUILDS }, () => {
      const begun = performance.now();
      engine = engineOf(knowledge);
      return performance.now() - begun;
    });
    const heldMb = (usedBytes() - before) / BYTES_PER_MB;
    const rounds = Array.from({ length: ROUNDS }, () =>
      questions.map(({ text, after }) => {
        const begun = performance.now();
        engine.ask(text, after);
        return performance.now() - begun;
      }),
    );
    const spreads = rounds.map(spreadOf);
    const perSecond = median(
      rounds.map((tookMs) => (tookMs.length * 1_000) / tookMs.reduce((sum, took) => sum + took, 0)),
    );
    note(
      `index of ${count}`,
      `built in ${median(builds).toFixed(0)} ms, holds ${heldMb.toFixed(0)} MB`,
      "within 500 ms",
    );
    note(
      `an answer from ${count}`,
      `${perSecond.toFixed(0)}/s, p50 ${median(spreads.map(({ p50 }) => p50)).toFixed(2)} ms, p99 ${median(spreads.map(({ p99 }) => p99)).toFixed(2)} ms`,
      "p99 at most 2 ms",
    );
  }
  return Promise.resolve();
}
