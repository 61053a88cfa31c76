/** The question engine over everything that was loaded: asked by the chat, by the API and by `npm run evaluate`. */
import { dayOf, type Clock } from "../core/clock";
import { alikeness, nearest, placeOfSame } from "./alike";
import { answerOf, explanationOf, type Answer, type Answering, type Explanation } from "./answer";
import { RESOLUTIONS, type Entry, type Knowledge } from "./entries";
import { findAll, type EngineSettings, type Finder } from "./find";
import { readQuery } from "./query";
import { replyText } from "./reply";
import { buildSearchIndex } from "./search-index";
import { ANSWER_FROM, CHOICES_FROM, JUDGE_WEIGHTS, RANK_WEIGHTS } from "./thresholds";

export interface ShownEntry {
  readonly id: string;
  readonly question: string;
  readonly text: string;
  readonly more: string | null;
  readonly related: readonly { readonly id: string; readonly question: string }[];
}

/** Pure: the same words on the same day give the same answer. */
export interface QuestionEngine {
  /** `after`: what the person asked before, oldest first. */
  ask(text: string, after: readonly string[]): Answer;
  /** The same with its reasons, for a debug view. */
  explain(text: string, after: readonly string[]): Explanation;
  entry(id: string): ShownEntry | null;
  resolutions(): readonly { readonly id: string; readonly title: string }[];
  topics(resolution: string): readonly { readonly id: string; readonly title: string }[];
  questions(resolution: string, topic: string): readonly { readonly id: string; readonly question: string }[];
  /** How near each of the others comes to asking the same, 0 to 1. */
  alike(text: string, others: readonly string[]): readonly number[];
  /** The place of the one that asks the same; null when none does. */
  sameAs(text: string, others: readonly string[]): number | null;
  /** The same engine with entries added, such as answers that officers have approved. */
  withExtra(entries: readonly Entry[]): QuestionEngine;
}

export const CALIBRATED: EngineSettings = {
  rankWeights: RANK_WEIGHTS,
  judgeWeights: JUDGE_WEIGHTS,
  answerFrom: ANSWER_FROM,
  choicesFrom: CHOICES_FROM,
};

const named = ({ id, question }: Entry) => ({ id, question });

/** The engine; the first question builds its index. `clock` tells which entries are no longer in force. */
export function createKnowledge(
  knowledge: Knowledge,
  clock: Clock,
  settings: EngineSettings = CALIBRATED,
): QuestionEngine {
  let built: Finder | null = null;
  const finder = (): Finder =>
    (built ??= { index: buildSearchIndex(knowledge.entries, knowledge.lexicon), settings });
  const today = () => dayOf(clock.now());
  const answering: Answering = { knowledge, settings, today };
  const byId = new Map(knowledge.entries.map((entry) => [entry.id, entry]));
  const browsable = knowledge.entries.filter(({ resolution }) => resolution !== "smalltalk");
  const inResolution = (id: string) => browsable.filter(({ resolution }) => resolution === id);
  const alike = (text: string, others: readonly string[]): number[] => {
    if (others.length === 0) return [];
    const { index } = finder();
    const query = readQuery(text, index);
    const near = nearest(text, others);
    return others.map((other, place) => (near.has(place) ? alikeness(query, readQuery(other, index)) : 0));
  };
  return {
    ask: (text, after) => answerOf(findAll(finder(), text, after), answering),
    explain(text, after) {
      const findings = findAll(finder(), text, after);
      return explanationOf(answerOf(findings, answering), findings);
    },
    entry(id) {
      const entry = byId.get(id);
      if (entry === undefined) return null;
      return {
        ...named(entry),
        text: replyText(entry, knowledge, today),
        more: entry.more ?? null,
        related: entry.related.flatMap((other) => byId.get(other) ?? []).map(named),
      };
    },
    resolutions: () =>
      Object.entries(RESOLUTIONS)
        .filter(([id]) => inResolution(id).length > 0)
        .map(([id, title]) => ({ id, title })),
    topics: (resolution) =>
      [...new Map(inResolution(resolution).map(({ topic, topicTitle }) => [topic, topicTitle]))].map(
        ([id, title]) => ({ id, title }),
      ),
    questions: (resolution, topic) =>
      inResolution(resolution)
        .filter((entry) => entry.topic === topic)
        .map(named),
    alike,
    sameAs: (text, others) => placeOfSame(alike(text, others)),
    withExtra: (entries) =>
      createKnowledge({ ...knowledge, entries: [...knowledge.entries, ...entries] }, clock, settings),
  };
}
