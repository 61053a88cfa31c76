/** Who holds which term, and how surely each is about it: one list after the other, by term. */
import { NO_PAIR, type EntryTexts } from "./entry-texts";
import type { Terms } from "./terms";

export interface Postings {
  /** Where the holders of each term begin, and behind the last one the end. */
  readonly starts: Int32Array;
  /** The places of entries, in order for each term. */
  readonly places: Int32Array;
  /** 0 to 1. */
  readonly sureness: Float32Array;
  readonly entryCount: number;
  /** Terms that many entries hold have a row in `rows` too, with the sureness of every entry; the others `NO_ROW`. */
  readonly rowOf: Int32Array;
  readonly rows: Float32Array;
}

const NO_ROW = -1;
/** A list that holds more than this part of the entries takes longer to search than a row takes room. */
const ROW_SHARE = 1 / 8;

export const holderCount = ({ starts }: Pick<Postings, "starts">, term: number): number =>
  (starts[term + 1] ?? 0) - (starts[term] ?? 0);

/** How surely the entry is about the term; 0 when it does not hold it. */
export function surenessAt(postings: Postings, term: number, place: number): number {
  const { starts, places, sureness, entryCount, rowOf, rows } = postings;
  const row = rowOf[term] ?? NO_ROW;
  if (row !== NO_ROW) return rows[row * entryCount + place] ?? 0;
  const end = starts[term + 1] ?? 0;
  let [low, high] = [starts[term] ?? 0, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low < end && places[low] === place ? (sureness[low] ?? 0) : 0;
}

function rowsOf(
  lists: Omit<Postings, "rowOf" | "rows">,
  termCount: number,
): Pick<Postings, "rowOf" | "rows"> {
  const { starts, places, sureness, entryCount } = lists;
  const rowOf = new Int32Array(termCount).fill(NO_ROW);
  let count = 0;
  for (let term = 0; term < termCount; term++)
    if (holderCount(lists, term) > entryCount * ROW_SHARE) rowOf[term] = count++;
  const rows = new Float32Array(count * entryCount);
  rowOf.forEach((row, term) => {
    if (row === NO_ROW) return;
    for (let i = starts[term] ?? 0; i < (starts[term + 1] ?? 0); i++)
      rows[row * entryCount + (places[i] ?? 0)] = sureness[i] ?? 0;
  });
  return { rowOf, rows };
}

/** Calls `see` with each term of each text once, then `leave` with each entry. */
function walk(
  texts: EntryTexts,
  terms: Terms,
  see: (term: number, text: number) => void,
  leave: (place: number) => void,
): void {
  const { words, pairs, starts, firstTexts, weights } = texts;
  const seenIn = new Int32Array(terms.size);
  const meet = (term: number, text: number): void => {
    if (seenIn[term] === text + 1) return;
    seenIn[term] = text + 1;
    see(term, text);
  };
  let place = 0;
  for (let text = 0; text < weights.length; text++) {
    while (text === firstTexts[place + 1]) leave(place++);
    for (let at = starts[text] ?? 0; at < (starts[text + 1] ?? 0); at++) {
      const word = words[at] ?? 0;
      const pair = pairs[at] ?? NO_PAIR;
      meet(word, text);
      meet(terms.foldedOf(word), text);
      if (pair !== NO_PAIR) meet(pair, text);
    }
  }
  leave(place);
}

/** Terms that one word of a text may bring in: as written, without marks, and the pair that it begins. */
const MOST_TERMS_OF_WORD = 3;

export function postingsOf(texts: EntryTexts, terms: Terms): Postings {
  const starts = new Int32Array(terms.size + 1);
  const touched = new Int32Array(terms.size);
  /** What is left of the doubt that the entry is about a term; 0 before it is met. */
  const doubts = new Float32Array(terms.size);
  let count = 0;
  /** What each entry holds, entry by entry. */
  const held = new Int32Array(texts.words.length * MOST_TERMS_OF_WORD);
  const surely = new Float32Array(held.length);
  const ends = new Int32Array(texts.firstTexts.length);
  let end = 0;
  walk(
    texts,
    terms,
    (term, text) => {
      const doubt = doubts[term] ?? 0;
      if (doubt === 0) touched[count++] = term;
      doubts[term] = (doubt === 0 ? 1 : doubt) * (1 - (texts.weights[text] ?? 0));
    },
    (place) => {
      while (count > 0) {
        const term = touched[--count] ?? 0;
        held[end] = term;
        surely[end++] = 1 - (doubts[term] ?? 0);
        doubts[term] = 0;
        starts[term + 1] = (starts[term + 1] ?? 0) + 1;
      }
      ends[place] = end;
    },
  );
  for (let term = 0; term < terms.size; term++)
    starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0);
  const next = starts.slice(0, terms.size);
  const places = new Int32Array(end);
  const sureness = new Float32Array(end);
  for (let i = 0, place = 0; i < end; i++) {
    while (i >= (ends[place] ?? 0)) place++;
    const term = held[i] ?? 0;
    const at = next[term] ?? 0;
    next[term] = at + 1;
    places[at] = place;
    sureness[at] = surely[i] ?? 0;
  }
  const lists = { starts, places, sureness, entryCount: texts.firstTexts.length - 1 };
  return { ...lists, ...rowsOf(lists, terms.size) };
}
