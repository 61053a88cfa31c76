/** The question engine together with what officers have approved for everybody, on every replica within one turn. */
import { dayOf, type Clock } from "../core/clock";
import type { Db } from "../store/database";
import type { Entry, Knowledge } from "./entries";
import { generalAnswersVersion, listGeneralAnswers, type GeneralAnswer } from "./general-answers";
import { createKnowledge, type QuestionEngine } from "./knowledge";
import { inParts, resolutionOf } from "./new-entry";
import { wording } from "./wording.vi";

export interface LiveKnowledge extends QuestionEngine {
  /** Takes in what was approved or withdrawn since the last look; one small read when nothing was. */
  refresh(db: Db): Promise<void>;
}

const TOPIC = "tra-loi-cua-can-bo";

export const entryIdOf = (ticketCode: string): string => `tra-loi-${ticketCode.toLowerCase()}`;

/** An approved answer as an entry; where it fills a gap, it takes over the gap's place and ways of asking. */
export function entryOf(approved: GeneralAnswer, gap: Entry | undefined, office: string): Entry {
  const { answer, more } = inParts(approved.answer);
  return {
    id: entryIdOf(approved.ticketCode),
    question: approved.question,
    phrasings: [approved.question, ...(gap === undefined ? [] : [gap.question, ...gap.phrasings])],
    keywords: gap?.keywords ?? [],
    answer,
    ...(more === null ? {} : { more }),
    kind: "answer",
    facts: [],
    related: gap?.related ?? [],
    asOf: dayOf(approved.approvedAt),
    confidence: "high",
    author: office,
    resolution: gap?.resolution ?? resolutionOf(approved.question),
    topic: gap?.topic ?? TOPIC,
    topicTitle: gap?.topicTitle ?? wording.answersOf,
    file: gap?.file ?? TOPIC,
  };
}

interface Merged {
  readonly knowledge: Knowledge;
  /** A gap → the answer that has taken its place: links and buttons of before lead there. */
  readonly filled: ReadonlyMap<string, string>;
}

/** The entries with the approved answers among them. A gap is filled by the newest answer that fills it. */
function withAnswers(base: Knowledge, approved: readonly GeneralAnswer[], officeName: NameOf): Merged {
  const gaps = new Map(
    base.entries.flatMap((entry) => (entry.kind === "gap" ? [[entry.id, entry] as const] : [])),
  );
  const fillers = new Map(approved.map((each) => [each.fills ?? "", each.ticketCode]));
  const filled = new Map<string, string>();
  const answers = approved.map((each) => {
    const gap = fillers.get(each.fills ?? "") === each.ticketCode ? gaps.get(each.fills ?? "") : undefined;
    const entry = entryOf(each, gap, officeName(each.officeUnitCode));
    if (gap !== undefined) filled.set(gap.id, entry.id);
    return entry;
  });
  const kept = base.entries
    .filter(({ id }) => !filled.has(id))
    .map((entry) => ({ ...entry, related: entry.related.map((id) => filled.get(id) ?? id) }));
  return { knowledge: { ...base, entries: [...kept, ...answers] }, filled };
}

type NameOf = (unitCode: string) => string;

/** `officeName`: how the office that answered is called. */
export function createLiveKnowledge(base: Knowledge, clock: Clock, officeName: NameOf): LiveKnowledge {
  let engine = createKnowledge(base, clock);
  let filled: ReadonlyMap<string, string> = new Map();
  let version = 0;
  return {
    async refresh(db) {
      const newest = await generalAnswersVersion(db);
      if (newest === version) return;
      const merged = withAnswers(base, await listGeneralAnswers(db), officeName);
      engine = createKnowledge(merged.knowledge, clock);
      filled = merged.filled;
      version = newest;
    },
    ask: (text, after) => engine.ask(text, after),
    explain: (text, after) => engine.explain(text, after),
    entry: (id) => engine.entry(filled.get(id) ?? id),
    resolutions: () => engine.resolutions(),
    topics: (resolution) => engine.topics(resolution),
    questions: (resolution, topic) => engine.questions(resolution, topic),
    alike: (text, others) => engine.alike(text, others),
    sameAs: (text, others) => engine.sameAs(text, others),
    withExtra: (entries) => engine.withExtra(entries),
  };
}
