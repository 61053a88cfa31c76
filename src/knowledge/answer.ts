/** From findings to what is said: an answer, a choice, small talk, or that there is no answer. */
import type { Day } from "../core/clock";
import type { Signs } from "./confidence";
import type { Entry, Knowledge } from "./entries";
import { bestEntry, type EngineSettings, type Finding } from "./find";
import { typeNames } from "./question-type";
import { waysOfAsking } from "./entry-texts";
import type { Ranked } from "./rank";
import { replyText } from "./reply";
import { wording } from "./wording.vi";

export interface Answer {
  readonly kind: "answer" | "choices" | "gap" | "abstain" | "smalltalk";
  readonly text: string;
  readonly entryIds: readonly string[];
  /** How sure, 0 to 1. */
  readonly score: number;
  /** Abstained because it is no business of this channel. */
  readonly offTopic?: boolean;
}

/** Why a message was answered the way it was, question by question. */
export interface Explanation {
  readonly answer: Answer;
  readonly questions: readonly {
    readonly words: string;
    readonly sure: number;
    readonly signs: Signs | null;
    readonly types: readonly string[];
    readonly papers: readonly string[];
    readonly unknown: readonly string[];
    readonly foreign: readonly string[];
    readonly best: readonly {
      readonly id: string;
      readonly score: number;
      readonly phrasing: string;
      readonly fit: Ranked["fit"];
    }[];
  }[];
}

const MOST_CHOICES = 3;
/** Offered beside the best: entries whose score is at least this part of it. */
const CHOICE_CLOSENESS = 0.85;
/** Said together with the best: an entry of the same resolution whose score is at least this part of it. */
const NEIGHBOUR_CLOSENESS = 0.92;
/** The same of another resolution: two papers that tell of one thing. */
const TIED = 0.97;
const MOST_EXPLAINED = 5;

function choicesOf(finding: Finding): Entry[] {
  const best = finding.ranked[0]?.score ?? 0;
  return finding.ranked
    .filter(({ score, entry }) => score >= best * CHOICE_CLOSENESS && entry.entry.kind !== "smalltalk")
    .slice(0, MOST_CHOICES)
    .map(({ entry }) => entry.entry);
}

const isForeign = ({ query }: Finding): boolean => query.foreign.length > 0 || query.elsewhere.length > 0;

const abstain = (finding: Finding): Answer => ({
  kind: "abstain",
  text: finding.query.isRude ? wording.rude : isForeign(finding) ? wording.foreign : wording.abstain,
  entryIds: [],
  score: finding.sure,
  ...(finding.query.isRude || isForeign(finding) ? { offTopic: true } : {}),
});

function offer(finding: Finding): Answer {
  const choices = choicesOf(finding);
  // Of another office's business there is nothing here to choose from.
  if (choices.length < 2 || finding.signs?.anchored !== 1) return abstain(finding);
  return {
    kind: "choices",
    text: [wording.choices, ...choices.map(({ question }, i) => `${i + 1}. ${question}`)].join("\n"),
    entryIds: choices.map(({ id }) => id),
    score: finding.sure,
  };
}

/** Asked how something came out: that this is not known comes before the fact that it is near to. */
function gapBefore({ query, ranked, sure }: Finding): Entry | null {
  const [best, ...others] = ranked;
  if (best === undefined || !query.asksOutcome || sure === 1 || best.entry.entry.kind !== "answer")
    return null;
  const near = others
    .slice(0, MOST_CHOICES)
    .find(
      ({ score, entry: { entry } }) =>
        score >= best.score * NEIGHBOUR_CLOSENESS &&
        entry.kind === "gap" &&
        entry.resolution === best.entry.entry.resolution,
    );
  return near?.entry.entry ?? null;
}

/** The best entry, and the next one when it answers as well and both are about the same: people often ask for both. */
function withNeighbour(finding: Finding): Entry[] {
  const { query, ranked, sure } = finding;
  const [best, next] = ranked;
  if (best === undefined) return [];
  const own = best.entry.entry;
  const gap = gapBefore(finding);
  if (gap !== null) return [gap, own];
  const other = next?.entry.entry;
  const isClose =
    sure < 1 &&
    next !== undefined &&
    next.score >= best.score * NEIGHBOUR_CLOSENESS &&
    own.kind !== "smalltalk" &&
    other !== undefined &&
    (other.kind === "answer" || (other.kind === "gap" && query.isOpen)) &&
    (other.resolution === own.resolution || next.score >= best.score * TIED);
  return isClose ? [own, other] : [own];
}

export interface Answering {
  readonly knowledge: Knowledge;
  readonly settings: EngineSettings;
  readonly today: () => Day;
}

/** What is said about all findings of one message; the first decides whether anything is. */
export function answerOf(findings: readonly Finding[], { knowledge, settings, today }: Answering): Answer {
  const [first] = findings;
  const { answerFrom, choicesFrom } = settings;
  if (first === undefined) return { kind: "abstain", text: wording.abstain, entryIds: [], score: 0 };
  if (first.sure < choicesFrom) return abstain(first);
  if (first.sure < answerFrom) return offer(first);
  const entries =
    findings.length === 1 ? withNeighbour(first) : findings.flatMap((each) => bestEntry(each) ?? []);
  const kinds = entries.map(({ kind }) => kind);
  return {
    // What stands beside the best entry of one question does not make it another answer.
    kind: findings.length > 1 && kinds.includes("answer") ? "answer" : (kinds[0] ?? "abstain"),
    text: entries.map((entry) => replyText(entry, knowledge, today)).join("\n\n"),
    entryIds: entries.map(({ id }) => id),
    score: Math.min(...findings.map(({ sure }) => sure)),
  };
}

export function explanationOf(answer: Answer, findings: readonly Finding[]): Explanation {
  return {
    answer,
    questions: findings.map(({ query, ranked, signs, sure }) => ({
      words: query.exactKey,
      sure,
      signs,
      types: typeNames(query.types),
      papers: [...query.papers],
      unknown: query.terms.filter(({ isUnknown, isPair }) => isUnknown && !isPair).map(({ text }) => text),
      foreign: query.foreign,
      best: ranked.slice(0, MOST_EXPLAINED).map(({ entry: { entry }, score, phrasing, fit }) => ({
        id: entry.id,
        score,
        phrasing: waysOfAsking(entry)[phrasing] ?? "",
        fit,
      })),
    })),
  };
}
