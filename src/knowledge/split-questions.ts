/** One message, several questions; or a story with the question at its end. */
import { fold } from "../core/text";

/** A part shorter than this many letters is no question of its own. */
const SHORTEST_PART = 6;
const MOST_QUESTIONS = 3;
/** From this many words on, a message tells a story around its question. */
export const STORY_WORDS = 32;

const SENTENCE_END = /(?<=[?!…])\s+|(?<=[^\d\s.]\.)\s+|\n+/u;
/** Words with which a second question is added: "…, với lại …", "…; còn …". */
const JOINTS =
  /[;?]\s*|\s*[,.]?\s+(?:với lại|voi lai|đồng thời|dong thoi|ngoài ra|ngoai ra|và cho hỏi|va cho hoi)\s+/u;
const QUESTION_CUE =
  / (?:gi|nao|ai|dau|may|bao nhieu|bao gio|bao lau|sao|the nao|khong|chua|ko|may|phai khong|la gi) ?/;

const countWords = (text: string): number => text.split(/\s+/).filter((word) => word !== "").length;

const asks = (sentence: string): boolean =>
  sentence.includes("?") || QUESTION_CUE.test(` ${fold(sentence).replace(/[^a-z0-9]+/g, " ")} `);

/** The questions of a short message in their order; the message itself when it holds only one. */
export function splitQuestions(text: string): string[] {
  if (countWords(text) > STORY_WORDS) return [text];
  const parts = text
    .split(JOINTS)
    .map((part) => part.trim())
    .filter((part) => part.length >= SHORTEST_PART);
  return parts.length < 2 || parts.length > MOST_QUESTIONS ? [text] : parts;
}

export interface Story {
  readonly question: string;
  readonly rest: string;
}

/** The last sentence that asks something, and what was told around it; null for a message that is short enough. */
export function questionOfStory(text: string): Story | null {
  if (countWords(text) <= STORY_WORDS) return null;
  const sentences = text
    .split(SENTENCE_END)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
  const last = sentences.findLastIndex(asks);
  const question = sentences[last];
  if (question === undefined || sentences.length < 2) return null;
  return { question, rest: sentences.filter((_, i) => i !== last).join(" ") };
}
