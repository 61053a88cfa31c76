/**
 * Sets the weights and thresholds of the question engine from the development questions and from phrasings that
 * are held back, and writes them to `src/knowledge/thresholds.ts`. The same input gives the same file.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../core/root";
import { confidence, SIGN_NAMES, signsOf, type JudgeWeights, type Signs } from "../knowledge/confidence";
import { loadKnowledge, type Entry, type Knowledge } from "../knowledge/entries";
import { findAll, type Finder } from "../knowledge/find";
import { CALIBRATED } from "../knowledge/knowledge";
import { readQuery } from "../knowledge/query";
import { FIT_NAMES, rank, type RankWeights } from "../knowledge/rank";
import { buildSearchIndex, type SearchIndex } from "../knowledge/search-index";
import { STORY_WORDS } from "../knowledge/split-questions";
import { fitChoice, fitLogistic, shareRight, type Choice, type Example } from "./fitting";
import { isRefusal, readQuestions, type Question } from "./questions";
import { replaceSection } from "./report";

/** Every so many-th phrasing of an entry is held back and asked as a question. */
const HELD_BACK_EVERY = 5;
/** A development question was written without a look at the entries and says more than a phrasing held back. */
const DEVELOPMENT_WEIGHT = 20;
/** The conversation decides how much its topic weighs; single questions cannot teach it. */
const TOPIC_WEIGHT = 0.2;
/** A false answer harms as much as so many questions left without one. */
const FALSE_ANSWER_HARM = 2.5;
/** Thresholds tried between 0 and 1. */
const GRID = 200;
/** Harm that is at most this many times the least is as good. */
const NEARLY_LEAST = 1.3;
/** Between the two thresholds lie the cases in which a choice is worth offering. */
const CHOICES_BELOW = 0.8;
const FOLDS = 5;

interface HeldBack {
  readonly entry: Entry;
  readonly text: string;
}

function holdBack(entries: readonly Entry[]): { readonly kept: Entry[]; readonly held: HeldBack[] } {
  const held: HeldBack[] = [];
  let seen = 0;
  const kept = entries.map((entry) => ({
    ...entry,
    phrasings: entry.phrasings.filter((text) => {
      const isHeld = seen++ % HELD_BACK_EVERY === 0;
      if (isHeld) held.push({ entry, text });
      return !isHeld;
    }),
  }));
  return { kept, held };
}

const isPlain = ({ after, text }: Question): boolean =>
  after.length === 0 && text.split(/\s+/).length <= STORY_WORDS;

function choicesOf(
  index: SearchIndex,
  asked: readonly {
    readonly text: string;
    readonly weight: number;
    readonly isRight: (entry: Entry) => boolean;
  }[],
): Choice[] {
  return asked.flatMap(({ text, weight, isRight }) => {
    const ranked = rank(readQuery(text, index), index, CALIBRATED.rankWeights);
    const options = ranked.map(({ fit, entry }) => ({
      features: FIT_NAMES.map((name) => fit[name]),
      isRight: isRight(entry.entry),
    }));
    return options.some((option) => option.isRight) ? [{ weight, options }] : [];
  });
}

/** The entry itself, or one that covers everything it does. */
const saysTheSame = (other: Entry, entry: Entry): boolean =>
  other.id === entry.id ||
  (entry.facts.length > 0 &&
    entry.facts.every((fact) => other.facts.includes(fact)) &&
    other.kind === entry.kind);

const coversAny = (entry: Entry, facts: readonly string[]): boolean =>
  entry.facts.some((fact) => facts.includes(fact));

const hasEntry = ({ kind, facts }: Question): boolean => facts.length > 0 || kind === "unanswerable";

/** What nobody has published is told by a gap, whatever facts are near it. */
const answers = (entry: Entry, { kind, facts }: Question): boolean =>
  kind === "unanswerable" ? entry.kind === "gap" : coversAny(entry, facts);

function fitRanking(knowledge: Knowledge, questions: readonly Question[], full: SearchIndex): RankWeights {
  const { kept, held } = holdBack(knowledge.entries);
  const partial = buildSearchIndex(kept, knowledge.lexicon);
  const choices = [
    ...choicesOf(
      full,
      questions
        .filter((question) => isPlain(question) && hasEntry(question))
        .map((question) => ({
          text: question.text,
          weight: DEVELOPMENT_WEIGHT,
          isRight: (entry) => answers(entry, question),
        })),
    ),
    ...choicesOf(
      partial,
      held.map(({ entry, text }) => ({ text, weight: 1, isRight: (other) => saysTheSame(other, entry) })),
    ),
  ];
  const fitted = fitChoice(
    choices,
    FIT_NAMES.map((name) => CALIBRATED.rankWeights[name]),
  );
  const started = FIT_NAMES.map((name) => CALIBRATED.rankWeights[name]);
  for (const weight of [DEVELOPMENT_WEIGHT, 1]) {
    const part = choices.filter((choice) => choice.weight === weight);
    const [before, after] = [shareRight(part, started), shareRight(part, fitted)];
    console.log(`${part.length} choices: right first ${before.toFixed(4)} before, ${after.toFixed(4)} now`);
  }
  const weights = named(FIT_NAMES, fitted);
  const scale =
    weights.words + weights.pairs + weights.recall + weights.precision + weights.order + weights.likeness;
  const scaled = named(
    FIT_NAMES,
    fitted.map((weight) => weight / scale),
  );
  return { ...scaled, topic: TOPIC_WEIGHT };
}

function named<N extends string>(names: readonly N[], values: readonly number[]): Record<N, number>;
function named(names: readonly string[], values: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? 0]));
}

const featuresOf = (signs: Signs): number[] => [...SIGN_NAMES.map((name) => signs[name]), 1];

/** What the judgement is learnt from: questions whose best entry is right, and questions that have none. */
function examplesOf(finder: Finder, questions: readonly Question[]): Example[] {
  return questions.flatMap(({ text, after, kind, facts }) => {
    const [finding] = findAll(finder, text, after);
    const best = finding?.ranked[0]?.entry.entry;
    if (
      finding === undefined ||
      finding.signs === null ||
      finding.sure === 1 ||
      finding.query.isRude ||
      best === undefined
    )
      return [];
    // What nobody has published must not be answered either; another gap would do no harm.
    const mustDecline = kind === "out_of_scope" || (kind === "unanswerable" && best.kind === "answer");
    const isRight =
      kind === "unanswerable" ? best.kind === "gap" : best.kind === kind || coversAny(best, facts);
    // A wrong neighbour on our own subject is the ranking's fault; it says nothing about what to decline.
    return mustDecline || isRight
      ? [{ features: featuresOf(finding.signs), isRight: !mustDecline, weight: 1 }]
      : [];
  });
}

function heldBackExamples(knowledge: Knowledge, rankWeights: RankWeights): Example[] {
  const { kept, held } = holdBack(knowledge.entries);
  const index = buildSearchIndex(kept, knowledge.lexicon);
  return held.flatMap(({ entry, text }) => {
    const query = readQuery(text, index);
    const ranked = rank(query, index, rankWeights);
    const signs = signsOf(query, ranked, index);
    // A neighbour that comes first is often just as good an answer, so it teaches nothing either way.
    const best = ranked[0]?.entry.entry;
    if (signs === null || best === undefined || !saysTheSame(best, entry)) return [];
    return [{ features: featuresOf(signs), isRight: true, weight: 1 / DEVELOPMENT_WEIGHT }];
  });
}

/** Right and wrong weigh the same as a whole, however many there are of each. */
function balanced(examples: readonly Example[]): Example[] {
  const massOf = (isRight: boolean) =>
    examples.reduce((sum, example) => (example.isRight === isRight ? sum + example.weight : sum), 0);
  const factor = massOf(true) / Math.max(1, massOf(false));
  return examples.map((example) =>
    example.isRight ? example : { ...example, weight: example.weight * factor },
  );
}

function fitJudgement(examples: readonly Example[]): JudgeWeights {
  const fitted = fitLogistic(balanced(examples));
  return { ...named(SIGN_NAMES, fitted), bias: fitted[SIGN_NAMES.length] ?? 0 };
}

const signsFrom = (example: Example): Signs => named(SIGN_NAMES, example.features);

/** How sure the judgement is of each example, fitted on the other parts of the examples only. */
function crossChecked(examples: readonly Example[], taught: readonly Example[]): number[] {
  const weights = Array.from({ length: FOLDS }, (_, fold) =>
    fitJudgement([...taught, ...examples.filter((_example, i) => i % FOLDS !== fold)]),
  );
  return examples.map((example, i) => {
    const own = weights[i % FOLDS];
    return own === undefined ? 0 : confidence(signsFrom(example), own);
  });
}

/**
 * The threshold with the least harm: a foreign question that gets an answer harms more than one of ours that gets
 * none. Where several are about as good, the middle of them.
 */
function thresholdFor(sure: readonly number[], examples: readonly Example[]): number {
  const harmAt = (threshold: number): number =>
    sure.reduce((harm, value, i) => {
      const isRight = examples[i]?.isRight === true;
      if (isRight) return value < threshold ? harm + 1 : harm;
      return value >= threshold ? harm + FALSE_ANSWER_HARM : harm;
    }, 0);
  const grid = Array.from({ length: GRID - 1 }, (_, i) => (i + 1) / GRID);
  const harms = grid.map(harmAt);
  const least = Math.min(...harms);
  // A threshold that is better than the others by one question is so by chance.
  const best = grid.filter((_, i) => (harms[i] ?? Infinity) <= least * NEARLY_LEAST);
  return best[Math.floor(best.length / 2)] ?? 0.5;
}

const round = (value: number): number => Number(value.toFixed(4));

const asSource = (weights: Readonly<Record<string, number>>): string =>
  Object.entries(weights)
    .map(([name, value]) => `  ${name}: ${round(value)},`)
    .join("\n");

const sourceOf = (
  rankWeights: RankWeights,
  judgeWeights: JudgeWeights,
  answerFrom: number,
  choicesFrom: number,
) =>
  `/** Made by \`src/tools/calibrate.ts\` from the development questions; run it again instead of editing by hand. */
import type { JudgeWeights } from "./confidence";
import type { RankWeights } from "./rank";

export const RANK_WEIGHTS: RankWeights = {
${asSource(rankWeights)}
};

export const JUDGE_WEIGHTS: JudgeWeights = {
${asSource(judgeWeights)}
};

/** At least this sure: answer. */
export const ANSWER_FROM = ${round(answerFrom)};
/** At least this sure: offer two or three questions to choose from. */
export const CHOICES_FROM = ${round(choicesFrom)};
`;

function calibrate(files: readonly string[]): void {
  const knowledge = loadKnowledge(join(ROOT, "config", "knowledge"));
  const questions = files.flatMap(readQuestions);
  const index = buildSearchIndex(knowledge.entries, knowledge.lexicon);
  const rankWeights = fitRanking(knowledge, questions, index);
  const finder: Finder = { index, settings: { ...CALIBRATED, rankWeights } };
  const examples = examplesOf(finder, questions);
  const taught = heldBackExamples(knowledge, rankWeights);
  const judgeWeights = fitJudgement([...examples, ...taught]);
  const sure = crossChecked(examples, taught);
  const answerFrom = thresholdFor(sure, examples);
  const passed = sure.filter((value, i) => (examples[i]?.isRight === true) === value > answerFrom).length;
  const heldOut = `${passed} of ${examples.length} questions judged rightly by weights fitted without them (${FOLDS} parts), at the threshold ${answerFrom}; ${taught.length} phrasings held back from the entries were taught beside them.`;
  console.log(heldOut);
  replaceSection(join(ROOT, "docs", "answers.md"), "calibration", heldOut);
  const refusals = questions.filter(({ kind }) => isRefusal(kind)).length;
  console.log(`${questions.length} questions, of which ${refusals} must be declined`);
  writeFileSync(
    join(ROOT, "src", "knowledge", "thresholds.ts"),
    sourceOf(rankWeights, judgeWeights, answerFrom, answerFrom * CHOICES_BELOW),
  );
}

const FIXTURES = join(ROOT, "test", "fixtures", "questions");
calibrate(
  readdirSync(FIXTURES)
    .filter((file) => file.startsWith("dev-") && file.endsWith(".jsonl"))
    .sort()
    .map((file) => join(FIXTURES, file)),
);
