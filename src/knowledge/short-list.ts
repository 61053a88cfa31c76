/** The few entries that are looked at closely: those that hold the most of the question's words. */
import { holderCount, surenessAt } from "./postings";
import type { Query, QueryTerm } from "./query";
import type { IndexedEntry, SearchIndex } from "./search-index";

/** An entry with what can be told without reading it. */
export interface Candidate {
  readonly place: number;
  readonly entry: IndexedEntry;
  /** Part of the question's words, and of its pairs, by weight, that the entry speaks of. */
  readonly words: number;
  readonly pairs: number;
  readonly papers: number;
  readonly subject: number;
}

interface Masses {
  readonly words: number;
  readonly pairs: number;
}

/** How many entries are looked at closely. */
const SHORT_LIST = 16;
/** What pairs and papers add when choosing whom to look at closely. */
const ROUGH_PAIRS = 0.5;
const ROUGH_BINDING = 0.1;

const PAPER_FIT = { own: 1, named: 0.7, mentioned: 0.3, other: -2, unbound: 0 };
/** Entries are found by the most telling words; the lists of common ones are long and are read for those found only. */
const MOST_READ = 12_000;
const FOUND = 40;

const isUnbound = ({ entry }: IndexedEntry): boolean =>
  entry.resolution === "general" || entry.resolution === "laws";

function paperFit(entry: IndexedEntry, { papers, said }: Query): number {
  if (entry.onlyFor.length > 0 && !entry.onlyFor.some((name) => said.includes(name))) return PAPER_FIT.other;
  if (papers.size === 0) return 0;
  let best = isUnbound(entry) ? PAPER_FIT.unbound : PAPER_FIT.other;
  for (const paper of papers) {
    if (entry.entry.resolution === paper) return PAPER_FIT.own;
    if (entry.namedPapers.has(paper)) best = Math.max(best, PAPER_FIT.named);
    if (entry.mentionedPapers.has(paper)) best = Math.max(best, PAPER_FIT.mentioned);
  }
  return best;
}

/** The share of subject words that are a resolution's own, less the share that are another's. */
function subjectFits(subjects: Query["subjects"]): (entry: IndexedEntry) => number {
  const all = [...subjects.values()].reduce((sum, weight) => sum + weight, 0);
  return (entry) =>
    all === 0 || isUnbound(entry) ? 0 : (2 * (subjects.get(entry.entry.resolution) ?? 0)) / all - 1;
}

/** What entries hold of the question's words and pairs, by weight; `later` has not been looked for yet. */
interface Coverage {
  readonly words: Float64Array;
  readonly pairs: Float64Array;
  readonly later: readonly QueryTerm[];
}

const tellingTerms = ({ terms }: Query): QueryTerm[] =>
  terms.filter(({ isChatter }) => !isChatter).sort((a, b) => b.weight - a.weight);

function readCost({ alternatives }: QueryTerm, index: SearchIndex): number {
  let cost = 0;
  for (const term of alternatives.keys()) cost += holderCount(index.postings, term);
  return cost;
}

function coverage(query: Query, index: SearchIndex): Coverage {
  const { starts, places, sureness } = index.postings;
  const size = index.entries.length;
  const [words, pairs, best] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const touched = new Int32Array(size);
  const later: QueryTerm[] = [];
  let read = 0;
  for (const term of tellingTerms(query)) {
    const cost = readCost(term, index);
    if (read > 0 && read + cost > MOST_READ) {
      later.push(term);
      continue;
    }
    read += cost;
    const { alternatives, isPair, weight } = term;
    const sums = isPair ? pairs : words;
    let count = 0;
    for (const [id, strength] of alternatives) {
      const end = starts[id + 1] ?? 0;
      for (let i = starts[id] ?? 0; i < end; i++) {
        const place = places[i] ?? 0;
        const value = strength * (sureness[i] ?? 0);
        const known = best[place] ?? 0;
        if (known === 0) touched[count++] = place;
        if (value > known) best[place] = value;
      }
    }
    for (let i = 0; i < count; i++) {
      const place = touched[i] ?? 0;
      sums[place] = (sums[place] ?? 0) + weight * (best[place] ?? 0);
      best[place] = 0;
    }
  }
  return { words, pairs, later };
}

/** How well the entry speaks of one word of the question. */
function heldAt({ alternatives }: QueryTerm, place: number, index: SearchIndex): number {
  let best = 0;
  for (const [term, strength] of alternatives)
    if (strength > best) best = Math.max(best, strength * surenessAt(index.postings, term, place));
  return best;
}

/** Keeps the best few in order while all pass by; ties keep the order in which they came. */
class BestFew<T> {
  readonly items: T[] = [];
  private readonly scores: number[] = [];
  /** What the next one must exceed. */
  bar = -Infinity;

  constructor(private readonly most: number) {}

  offer(item: T, score: number): void {
    if (score <= this.bar) return;
    const { items, scores, most } = this;
    let at = items.length < most ? items.length : most - 1;
    for (; at > 0 && (scores[at - 1] ?? 0) < score; at--) {
      items[at] = items[at - 1] ?? item;
      scores[at] = scores[at - 1] ?? score;
    }
    items[at] = item;
    scores[at] = score;
    if (items.length === most) this.bar = scores[most - 1] ?? -Infinity;
  }
}

/** Whom to look at closely, the likeliest first. */
export function shortList(query: Query, index: SearchIndex, masses: Masses): readonly Candidate[] {
  const { words, pairs, later } = coverage(query, index);
  const subjectFit = subjectFits(query.subjects);
  const pairPart = masses.pairs === 0 ? 0 : ROUGH_PAIRS / masses.pairs;
  const found = new BestFew<number>(FOUND);
  const binding = (entry: IndexedEntry) => (paperFit(entry, query) + subjectFit(entry)) * ROUGH_BINDING;
  const mostBinding = query.papers.size + query.subjects.size === 0 ? 0 : 2 * ROUGH_BINDING;
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? 0;
    const pair = pairs[place] ?? 0;
    if (word === 0 && pair === 0) continue;
    const held = word / masses.words + pair * pairPart;
    const entry = index.entries[place];
    if (entry !== undefined && held + mostBinding > found.bar) found.offer(place, held + binding(entry));
  }
  const best = new BestFew<Candidate>(SHORT_LIST);
  for (const place of found.items) {
    const entry = index.entries[place];
    if (entry === undefined) continue;
    let word = words[place] ?? 0;
    let pair = pairs[place] ?? 0;
    for (const term of later) {
      const part = term.weight * heldAt(term, place, index);
      if (term.isPair) pair += part;
      else word += part;
    }
    const papers = paperFit(entry, query);
    const subject = subjectFit(entry);
    best.offer(
      {
        place,
        entry,
        words: word / masses.words,
        pairs: masses.pairs === 0 ? 0 : pair / masses.pairs,
        papers,
        subject,
      },
      word / masses.words + pair * pairPart + (papers + subject) * ROUGH_BINDING,
    );
  }
  return best.items;
}
