/**
 * `npm run evaluate:peers [-- --write]`: full-text search libraries on the same entries and questions as ours. Every
 * library gets the setting, the scale of its score and the threshold for declining that serve it best on these very
 * questions; ours runs as it is shipped.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { at, frozenAt } from "../../src/core/clock";
import { ROOT } from "../../src/core/root";
import { clip } from "../../src/core/text";
import type { Answer } from "../../src/knowledge/answer";
import { loadKnowledge, type Entry } from "../../src/knowledge/entries";
import { createKnowledge } from "../../src/knowledge/knowledge";
import { isRefusal, judge, readQuestions, type Question } from "../../src/tools/questions";
import { markdownTable, replaceSection } from "../../src/tools/report";
import { wilson } from "../../src/tools/tally";

const FIXTURES = join(ROOT, "test", "fixtures", "questions");
const MOST_OUTPUT_BYTES = 64 * 2 ** 20;
const MOST_SHOWN = 40;
const MOST_TEXT = 150;

const foundSchema = z.array(
  z.object({
    peer: z.string(),
    setting: z.string(),
    found: z.array(z.object({ id: z.string(), score: z.number() }).nullable()),
  }),
);
type Run = z.infer<typeof foundSchema>[number];

const knowledge = loadKnowledge(join(ROOT, "config", "knowledge"));
const engine = createKnowledge(knowledge, frozenAt(at("2026-03-15", "08:00")));
const questions = readdirSync(FIXTURES)
  .filter((file) => file.startsWith("dev-"))
  .sort()
  .flatMap((file) => readQuestions(join(FIXTURES, file)));
const said = ({ after, text }: Question) => [...after, text].join(" ");
const byId = new Map(knowledge.entries.map((entry) => [entry.id, entry]));

function runPeers(): Run[] {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(ROOT, "test", "bench", "peers", "search.mjs")],
    {
      input: JSON.stringify({ entries: knowledge.entries, questions: questions.map(said) }),
      encoding: "utf8",
      maxBuffer: MOST_OUTPUT_BYTES,
    },
  );
  if (status !== 0) throw new Error(stderr);
  return foundSchema.parse(JSON.parse(stdout));
}

const abstain: Answer = { kind: "abstain", text: "", entryIds: [], score: 0 };
const saying = (entry: Entry | undefined): Answer =>
  entry === undefined
    ? abstain
    : { kind: entry.kind, text: engine.entry(entry.id)?.text ?? "", entryIds: [entry.id], score: 1 };

/** A score grows with the length of the question; each library may have it taken as it is or by the word. */
const SCALES: Readonly<Record<string, (score: number, words: number) => number>> = {
  "score as it is": (score) => score,
  "score by root of words": (score, words) => score / Math.sqrt(words),
  "score by word": (score, words) => score / words,
};

interface Result {
  readonly name: string;
  readonly passed: readonly boolean[];
  readonly falseAnswers: number;
  readonly how: string;
}

const countOf = (passed: readonly boolean[]): number => passed.filter(Boolean).length;

/** The threshold at which most questions pass. */
function tuned({ peer, setting, found }: Run): Result {
  const verdicts = questions.map((question, i) => ({
    answered: judge(question, saying(byId.get(found[i]?.id ?? ""))),
    declined: judge(question, abstain),
  }));
  const ways = Object.entries(SCALES).map(([scale, scaled]) => {
    const scores = questions.map((question, i) =>
      scaled(found[i]?.score ?? 0, said(question).split(/\s+/).length),
    );
    const counted = [0, ...scores].map((threshold) => ({
      threshold,
      count: countOf(
        verdicts.map(({ answered, declined }, i) =>
          (scores[i] ?? 0) >= threshold ? answered.passed : declined.passed,
        ),
      ),
    }));
    const best = counted.reduce((a, b) => (b.count > a.count ? b : a));
    return { scale, scores, ...best };
  });
  const { scale, scores, threshold } = ways.reduce((a, b) => (b.count > a.count ? b : a));
  const chosen = verdicts.map(({ answered, declined }, i) =>
    (scores[i] ?? 0) >= threshold ? answered : declined,
  );
  return {
    name: peer,
    passed: chosen.map(({ passed }) => passed),
    falseAnswers: chosen.filter((verdict, i) => {
      const question = questions[i];
      return question !== undefined && isRefusal(question.kind) && verdict.falseAnswer;
    }).length,
    how: `${setting}; ${scale}`,
  };
}

function ours(): Result {
  const verdicts = questions.map((question) => judge(question, engine.ask(question.text, question.after)));
  return {
    name: "ours",
    passed: verdicts.map(({ passed }) => passed),
    falseAnswers: verdicts.filter((verdict, i) => {
      const question = questions[i];
      return question !== undefined && isRefusal(question.kind) && verdict.falseAnswer;
    }).length,
    how: "as shipped",
  };
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const shareOf = (passed: readonly boolean[], chosen: (question: Question) => boolean): string => {
  const part = passed.filter((_, i) => {
    const question = questions[i];
    return question !== undefined && chosen(question);
  });
  return percent(countOf(part) / part.length);
};

function row({ name, passed, falseAnswers, how }: Result): string[] {
  const { low, high } = wilson({ passed: countOf(passed), judged: passed.length });
  const refusals = questions.filter(({ kind }) => isRefusal(kind)).length;
  return [
    name,
    `${percent(countOf(passed) / passed.length)} [${percent(low)} – ${percent(high)}]`,
    shareOf(passed, ({ kind }) => kind === "answerable" || kind === "confusable"),
    shareOf(passed, ({ kind }) => kind === "followup"),
    shareOf(passed, ({ kind }) => isRefusal(kind)),
    percent(falseAnswers / refusals),
    how,
  ];
}

const runs = runPeers().map(tuned);
const peers = [...new Set(runs.map(({ name }) => name))].map((name) =>
  runs.filter((run) => run.name === name).reduce((a, b) => (countOf(b.passed) > countOf(a.passed) ? b : a)),
);
const own = ours();
const table = markdownTable(
  ["", `all ${questions.length}`, "answerable", "follow-ups", "declined", "false answers", "setting"],
  [own, ...peers].map(row),
);
const lost = questions.flatMap(({ id, text }, i) => {
  const winners = peers.filter(({ passed }) => passed[i] === true).map(({ name }) => name);
  return own.passed[i] === false && winners.length > 0
    ? [`- ${id} (${winners.join(", ")}): ${clip(text, MOST_TEXT)}`]
    : [];
});
const shown = lost.slice(0, MOST_SHOWN).join("\n");
const report = `${table}\n\nQuestions that ours loses to at least one of them: ${lost.length}.\n\n${shown}`;
console.log(report);
if (process.argv.includes("--write")) replaceSection(join(ROOT, "docs", "answers.md"), "peers", report);
