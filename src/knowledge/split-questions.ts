/** One message, several questions; or a story with the question at its end. */
import { asksSomething } from "../core/question-words";
import { fold, normalise } from "../core/text";

/** A part shorter than this many letters is no question of its own. */
const SHORTEST_PART = 5;
const MOST_QUESTIONS = 3;
/** From this many words on, a message tells a story around its question. */
export const STORY_WORDS = 32;
/** One long sentence may still hold two questions. */
const MOST_SPLIT_WORDS = 45;

const SENTENCE_END = /(?<=[?!…])\s+|(?<=[^\d\s.]\.)\s+|\n+/u;
/** Words with which a second question is added: "…, với lại …", "…; còn …". */
const JOINTS =
  /[;?]\s*|\s*[,.]?\s+(?:với lại|voi lai|đồng thời|dong thoi|ngoài ra|ngoai ra|và cho hỏi|va cho hoi)\s+/iu;
/** What may stand between two questions or within one. */
const SOFT_JOINTS = /\s*,\s+(?:còn |con |và |va |rồi |roi )?|\s+(?:và|va)\s+/iu;
const TWO_PAPERS =
  /(?:nghị quyết|nghi quyet|nq)\s*(?:số\s+)?(29|30|34|35|459|461)(?:\/2025)?\s*(?:,|và|va|với|voi|lẫn|&)\s*(?:(?:nghị quyết|nghi quyet|nq)\s*(?:số\s+)?)?(29|30|34|35|459|461)(?!\d)/iu;
const COMPARES = /khac|so sanh|giong|hay la|lien quan|phan biet|moi quan he/;
const PREAMBLE_END =
  /(?<!\p{L})(?:cho biết|cho biet|cho hỏi|cho hoi|xin hỏi|xin hoi|muốn hỏi|muon hoi|muốn biết|muon biet|được hỏi|duoc hoi)[:,]?\s+/giu;
/** Fewer words before the question are no preamble but may be its subject. */
const SHORTEST_PREAMBLE = 6;
const QUESTION_CUE =
  / (?:gi|nao|ai|dau|may|bao nhieu|bao gio|bao lau|sao|the nao|khong|chua|ko|may|phai khong|la gi) ?/;

export const countWords = (text: string): number => text.split(/\s+/).filter((word) => word !== "").length;

const asks = (sentence: string): boolean =>
  sentence.includes("?") || QUESTION_CUE.test(` ${fold(sentence).replace(/[^a-z0-9]+/g, " ")} `);

const longEnough = (parts: readonly string[]): string[] =>
  parts.map((part) => part.trim()).filter((part) => part.length >= SHORTEST_PART);

/** "… bao nhiêu và … nào", "… ở đâu, … khi nào": pieces that ask; one that does not belongs to the next. */
function askingPieces(text: string): string[] {
  const pieces: string[] = [];
  let waiting = "";
  for (const piece of text.split(SOFT_JOINTS)) {
    const whole = waiting === "" ? piece : `${waiting}, ${piece}`;
    waiting = asksSomething(piece) ? "" : whole;
    if (waiting === "") pieces.push(whole);
  }
  const last = pieces.pop();
  if (last === undefined) return [text];
  return [...pieces, waiting === "" ? last : `${last}, ${waiting}`];
}

/** "nghị quyết 29 và 34 có mấy điều": the same question about each paper, unless it compares them. */
function aboutEachPaper(text: string): string[] {
  const named = TWO_PAPERS.exec(text);
  const [whole, first, second] = named ?? [];
  if (named === null || whole === undefined || COMPARES.test(fold(text))) return [text];
  return [first, second].map((number) => text.replace(whole, `nghị quyết ${number ?? ""}`));
}

export interface Parts {
  readonly parts: readonly string[];
  /** The later ones may leave unsaid what the first one is about. */
  readonly isOneSubject: boolean;
}

/** The questions of a message in their order; the message itself when it holds only one. */
export function splitQuestions(raw: string): Parts {
  const text = normalise(raw);
  const whole = { parts: [text], isOneSubject: false };
  const words = countWords(text);
  if (words > MOST_SPLIT_WORDS) return whole;
  const ways = [
    { parts: words > STORY_WORDS ? [] : longEnough(text.split(JOINTS)), isOneSubject: false },
    { parts: longEnough(askingPieces(text)), isOneSubject: true },
    { parts: aboutEachPaper(text), isOneSubject: false },
  ];
  return ways.find(({ parts }) => parts.length > 1 && parts.length <= MOST_QUESTIONS) ?? whole;
}

export interface Story {
  readonly question: string;
  /** What was said right before the question, to which "cái đó" points. */
  readonly before: string;
  readonly rest: string;
}

/** "Kính gửi …, để chuẩn bị …, đề nghị cho biết": what comes behind is the question. */
function behindPreamble(text: string): Story | null {
  const cue = [...text.matchAll(PREAMBLE_END)].at(-1);
  if (cue === undefined) return null;
  const rest = text.slice(0, cue.index);
  const question = text.slice(cue.index + cue[0].length).trim();
  return countWords(rest) >= SHORTEST_PREAMBLE && asks(question) ? { question, before: "", rest } : null;
}

/** What is asked at last, and what was told around it; null for a message that is short and comes to the point. */
export function questionOfStory(raw: string): Story | null {
  const text = normalise(raw);
  if (countWords(text) <= STORY_WORDS) return behindPreamble(text);
  const sentences = text
    .split(SENTENCE_END)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
  const last = sentences.findLastIndex(asks);
  const question = sentences[last];
  if (question === undefined || sentences.length < 2) return behindPreamble(text);
  return {
    question,
    before: sentences[last - 1] ?? "",
    rest: sentences.filter((_, i) => i !== last && i !== last - 1).join(" "),
  };
}
