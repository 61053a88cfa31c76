/** Looks for the entry that answers: in the message, in the light of a story, of earlier questions, part by part. */
import { confidence, signsOf, type JudgeWeights, type Signs } from "./confidence";
import type { Entry } from "./entries";
import { readQuery, type Context, type Query, type Readings } from "./query";
import { NO_FIT, rank, type Ranked, type RankWeights, type TopicHint } from "./rank";
import type { IndexedEntry, SearchIndex } from "./search-index";
import { countWords, questionOfStory, splitQuestions } from "./split-questions";

/** What calibration sets. */
export interface EngineSettings {
  readonly rankWeights: RankWeights;
  readonly judgeWeights: JudgeWeights;
  /** At least this sure: answer. */
  readonly answerFrom: number;
  /** At least this sure: offer two or three questions to choose from. */
  readonly choicesFrom: number;
}

export interface Finder {
  readonly index: SearchIndex;
  readonly settings: EngineSettings;
}

/** A finder at work on one message, with what it has read and found so far. */
interface Search extends Finder {
  readonly readings: Readings;
  /** By text: what was found in it by itself; as it stands, and seen as a story. */
  readonly plain: Map<string, Finding>;
  readonly alone: Map<string, Finding>;
}

/** One question with the entries that may answer it. */
export interface Finding {
  readonly query: Query;
  readonly ranked: readonly Ranked[];
  readonly signs: Signs | null;
  readonly sure: number;
}

/** How much a word counts that was said before the question, in the same message or in an earlier one. */
const STORY_FACTOR = 0.25;
/** The same of the sentence before, to which "cái đó" in the question points. */
const POINTED_FACTOR = 0.6;
const POINTS_BACK =
  /(?<!\p{L})(?:cái đó|cai do|cái này|cai nay|cái ấy|cai ay|khoản đó|khoan do|ấy|như vậy|nhu vay|như thế|nhu the|chuyện đó|chuyen do|việc đó|viec do|việc này|viec nay|vậy không|vay khong)(?!\p{L})/iu;
const EARLIER_FACTOR = 0.25;
/** Words of courtesy that may stand around a known question. */
const MOST_PARTICLES = 8;
/** A story's question that is found so surely needs no second look. */
const SURE_ENOUGH = 0.95;
/** A question with fewer words of its own leans on what was asked before. */
const LEANING_WORDS = 7;
const LEANING = /^(?:thế|the|vậy|vay|còn|con|nó|no|rồi|roi|cái đó|cai do|ở đó|vậy thì)(?!\p{L})/iu;
/** "nghị quyết này": said of what was named before, whatever else the words fit. */
const POINTING =
  /(?<!\p{L})(?:nghị quyết|nghi quyet|nq|quỹ|quy|sàn|san|trung tâm|trung tam|kế hoạch|ke hoach|công ty|cong ty|chương trình|chuong trinh) (?:này|nay|đó|do|ấy|ay|trên|tren|kia)(?!\p{L})/iu;
const MOST_EARLIER = 3;
/** Room for chance when comparing how much of the question two entries speak of. */
const REPLACED = 0.1;

/** An entry that is known to answer needs no score to come first. */
function withFirst(ranked: readonly Ranked[], place: number, { index }: Finder): readonly Ranked[] {
  const entry = index.entries[place];
  if (entry === undefined) return ranked;
  const found = ranked.find((candidate) => candidate.place === place);
  const chosen = found ?? { place, entry, score: 1, fit: NO_FIT, phrasing: 0 };
  return [chosen, ...ranked.filter((candidate) => candidate !== found)];
}

/** A whole question that stands in the entries, word for word; else small talk. */
function knownPlace({ index }: Finder, query: Query): number | null {
  const exact = index.exact.find(query.words);
  if (exact !== null) return exact;
  // Without marks "chúc ngủ ngon" holds a rude word, but hardly ever a rude phrase.
  const isSurelyRude = query.isRude && (query.hasMarks || query.isRudePhrase);
  return isSurelyRude ? null : index.smallTalk.find(query.words, query.hasMarks, asksNothing(query));
}

const asksNothing = ({ types, papers, subjects, isOurs, foreign, isRude }: Query): boolean =>
  types === 0 && papers.size === 0 && subjects.size === 0 && !isOurs && foreign.length === 0 && !isRude;

/** "chào ad, nghị quyết 35 …" greets, but what it wants to know is something else. */
const mayAnswer = ({ entry }: IndexedEntry, { papers, subjects }: Query): boolean =>
  entry.kind !== "smalltalk" || (papers.size === 0 && subjects.size === 0);

const isKnown = (finder: Search, text: string): boolean =>
  knownPlace(finder, readQuery(text, finder.index, [], finder.readings)) !== null;

const namesPaper = (finder: Search, text: string): boolean =>
  readQuery(text, finder.index, [], finder.readings).papers.size > 0;

function look(finder: Search, text: string, context: readonly Context[], hint: TopicHint | null): Finding {
  const { index, settings } = finder;
  const query = readQuery(text, index, context, finder.readings);
  const found = rank(query, index, settings.rankWeights, hint).filter(({ entry }) => mayAnswer(entry, query));
  const known = context.length > 0 ? null : knownPlace(finder, query);
  const ranked = known === null ? found : withFirst(found, known, finder);
  const signs = signsOf(query, ranked, index);
  if (known !== null) return { query, ranked, signs, sure: 1 };
  const sure = signs === null || query.isRude ? 0 : confidence(signs, settings.judgeWeights);
  return { query, ranked, signs, sure };
}

/** The text as it stands, without anything said before. */
function lookPlainly(finder: Search, text: string): Finding {
  const known = finder.plain.get(text);
  if (known !== undefined) return known;
  const found = look(finder, text, [], null);
  finder.plain.set(text, found);
  return found;
}

const surer = (a: Finding, b: Finding): Finding => (b.sure > a.sure ? b : a);

/** The message by itself; of a story, the question in the light of the rest, or by itself. */
function lookAlone(finder: Search, text: string): Finding {
  const known = finder.alone.get(text);
  if (known !== undefined) return known;
  const found = lookOnce(finder, text);
  finder.alone.set(text, found);
  return found;
}

function lookOnce(finder: Search, text: string): Finding {
  const story = questionOfStory(text);
  // A story that an officer has answered is a question of the entries itself.
  const mayBeKnown = countWords(text) <= finder.index.exact.longest + MOST_PARTICLES;
  if (story === null || (mayBeKnown && isKnown(finder, text))) return lookPlainly(finder, text);
  const told = [
    { text: story.before, factor: POINTS_BACK.test(story.question) ? POINTED_FACTOR : STORY_FACTOR },
    { text: story.rest, factor: STORY_FACTOR },
  ].filter(({ text: part }) => part !== "");
  const focused = look(finder, story.question, told, null);
  if (focused.sure >= SURE_ENOUGH) return focused;
  return surer(focused, lookPlainly(finder, story.question));
}

function hintOf({ ranked }: Finding): TopicHint | null {
  const entry = ranked[0]?.entry.entry;
  if (entry === undefined || entry.kind === "smalltalk") return null;
  return { topic: entry.topic, resolution: entry.resolution, related: entry.related };
}

/** In the light of what was asked and found before. */
const lookTogether = (finder: Search, text: string, earlier: string, before: Finding): Finding =>
  look(finder, text, [{ text: earlier, factor: EARLIER_FACTOR }], hintOf(before));

function find(finder: Search, text: string, after: readonly string[]): Finding {
  const alone = lookAlone(finder, text);
  const earlier = after.at(-1);
  if (earlier === undefined || isSmallTalk(alone)) return alone;
  const leans = LEANING.test(text.trim()) || alone.query.contentCount < LEANING_WORDS;
  const isSure = alone.sure >= finder.settings.answerFrom;
  const points = POINTING.test(text) && alone.query.papers.size === 0;
  if (isSure && !leans && !points) return alone;
  const before = find(finder, earlier, after.slice(-MOST_EARLIER, -1));
  const together = lookTogether(finder, text, earlier, before);
  if (together.sure < finder.settings.answerFrom) return isSure ? alone : surer(alone, together);
  if (points || alone.query.contentCount === 0) return together;
  // What was asked before may add to the question, not replace it.
  return ownWords(together) >= ownWords(alone) - REPLACED ? together : surer(alone, together);
}

/** How much of the question's own words the best entry speaks of. */
const ownWords = ({ signs }: Finding): number => signs?.words ?? 0;

/** Asks nothing that could lean on what was asked before. */
const isSmallTalk = (finding: Finding): boolean =>
  finding.sure === 1 && finding.query.types === 0 && bestEntry(finding)?.kind === "smalltalk";

export const bestEntry = (finding: Finding): Entry | undefined => finding.ranked[0]?.entry.entry;

/** A later question of the same message: in the light of the earlier ones, unless that only repeats their answer. */
function findNext(
  finder: Search,
  part: string,
  after: readonly string[],
  earlier: readonly Finding[],
): Finding {
  const found = find(finder, part, after);
  const ids = earlier.map((finding) => bestEntry(finding)?.id);
  return ids.includes(bestEntry(found)?.id) ? lookAlone(finder, part) : found;
}

/** Whether what was found for the parts so far is worth saying instead of what the whole message finds. */
function areAnswers(findings: readonly Finding[], from: number): boolean {
  const ids = findings.map((finding) => bestEntry(finding)?.id);
  return new Set(ids).size === findings.length && findings.every(({ sure }) => sure >= from);
}

/** What was not said of the subject is easily taken for another; and a gap is told for the message as a whole. */
function areOfOneSubject(findings: readonly Finding[], whole: Finding): boolean {
  const [first, ...others] = findings.map((finding) => bestEntry(finding)?.resolution);
  return others.every((resolution) => resolution === first) && bestEntry(whole)?.kind !== "gap";
}

/** Several questions in one message, when each finds its own answer; else the message as one. */
export function findAll(engine: Finder, text: string, after: readonly string[]): Finding[] {
  const finder: Search = { ...engine, readings: new Map(), plain: new Map(), alone: new Map() };
  const { parts, isOneSubject } = splitQuestions(text);
  const whole = () => find(finder, text, after);
  if (parts.length < 2 || isKnown(finder, text)) return [whole()];
  /** A part that names its own paper leaves nothing unsaid. */
  const continues = parts.map((part, i) => isOneSubject && i > 0 && !namesPaper(finder, part));
  const findings: Finding[] = [];
  for (const [i, part] of parts.entries()) {
    const before = [...after, ...parts.slice(0, i)];
    const [first] = findings;
    findings.push(
      continues[i] === true && first !== undefined
        ? lookTogether(finder, part, parts[0] ?? "", first)
        : findNext(finder, part, before, findings),
    );
    if (!areAnswers(findings, engine.settings.answerFrom)) return [whole()];
  }
  if (!continues.includes(true)) return findings;
  const one = whole();
  return areOfOneSubject(findings, one) ? findings : [one];
}
