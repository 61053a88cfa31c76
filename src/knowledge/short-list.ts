/** The few entries that are looked at closely: those that hold the most of the question's words. */
import { RESOLUTION_IDS, type ResolutionId } from "./entries";
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
const MOST_READ = 8_000;
const FOUND = 32;

/** An entry that belongs to the paper and the subject of the question. */
const MOST_BINDING = 2 * ROUGH_BINDING;

/** No two ways of reckoning the same differ by more. */
const ROUNDING = 1e-9;

const isUnbound = (resolution: ResolutionId): boolean => resolution === "general" || resolution === "laws";

/** How each entry stands to the papers named in the question. */
function paperFits({ papers, said }: Query, index: SearchIndex): Float32Array | null {
  const { named, postings, terms } = index;
  const strange = index.narrow.filter(({ names }) => !names.some((name) => said.includes(name)));
  if (papers.size === 0 && strange.length === 0) return null;
  const fits = index.room.papers.fill(0);
  if (papers.size > 0) {
    const byResolution = RESOLUTION_IDS.map((id) => {
      if (papers.has(id)) return PAPER_FIT.own;
      return isUnbound(id) ? PAPER_FIT.unbound : PAPER_FIT.other;
    });
    for (let place = 0; place < fits.length; place++)
      fits[place] = byResolution[index.resolutions[place] ?? 0] ?? 0;
    for (const paper of papers) {
      const term = terms.findWritten(paper);
      if (term === undefined) continue;
      for (let i = postings.starts[term] ?? 0; i < (postings.starts[term + 1] ?? 0); i++) {
        const place = postings.places[i] ?? 0;
        // Of its own paper nothing more is told by naming it.
        if (fits[place] === PAPER_FIT.own) continue;
        const fit = named(place, paper) ? PAPER_FIT.named : PAPER_FIT.mentioned;
        fits[place] = Math.max(fits[place] ?? 0, fit);
      }
    }
  }
  for (const { places } of strange) for (const place of places) fits[place] = PAPER_FIT.other;
  return fits;
}

/** By resolution: the share of subject words that are its own, less the share that are another's. */
function subjectFits({ subjects }: Query): readonly number[] {
  const all = [...subjects.values()].reduce((sum, weight) => sum + weight, 0);
  return RESOLUTION_IDS.map((id) =>
    all === 0 || isUnbound(id) ? 0 : (2 * (subjects.get(id) ?? 0)) / all - 1,
  );
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
  for (const term of alternatives.terms) cost += holderCount(index.postings, term);
  return cost;
}

function coverage(query: Query, index: SearchIndex): Coverage {
  const { starts, places, sureness } = index.postings;
  const { words, pairs, best, touched } = index.room;
  words.fill(0);
  pairs.fill(0);
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
    if (alternatives.terms.length === 1) {
      const id = alternatives.terms[0] ?? 0;
      const strength = alternatives.strengths[0] ?? 0;
      for (let i = starts[id] ?? 0, end = starts[id + 1] ?? 0; i < end; i++) {
        const place = places[i] ?? 0;
        sums[place] = (sums[place] ?? 0) + weight * (strength * (sureness[i] ?? 0));
      }
      continue;
    }
    let count = 0;
    for (let at = 0; at < alternatives.terms.length; at++) {
      const id = alternatives.terms[at] ?? 0;
      const strength = alternatives.strengths[at] ?? 0;
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
  const { terms, strengths } = alternatives;
  let best = 0;
  for (let i = 0; i < terms.length; i++) {
    const strength = strengths[i] ?? 0;
    if (strength > best) best = Math.max(best, strength * surenessAt(index.postings, terms[i] ?? 0, place));
  }
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
  const papers = paperFits(query, index);
  const subjects = subjectFits(query);
  const pairPart = masses.pairs === 0 ? 0 : ROUGH_PAIRS / masses.pairs;
  const paperOf = (place: number) => (papers === null ? 0 : (papers[place] ?? 0));
  const subjectOf = (place: number) => subjects[index.resolutions[place] ?? 0] ?? 0;
  const scoreOf = (place: number, word: number, pair: number) =>
    word / masses.words + pair * pairPart + (paperOf(place) + subjectOf(place)) * ROUGH_BINDING;
  const found = new BestFew<number>(FOUND);
  const wordPart = 1 / masses.words;
  let bar = 0;
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? 0;
    const pair = pairs[place] ?? 0;
    // Most are too far behind whatever paper they belong to.
    if (word * wordPart + pair * pairPart <= bar) continue;
    found.offer(place, scoreOf(place, word, pair));
    bar = Math.max(0, found.bar - MOST_BINDING - ROUNDING);
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
    best.offer(
      {
        place,
        entry,
        words: word / masses.words,
        pairs: masses.pairs === 0 ? 0 : pair / masses.pairs,
        papers: paperOf(place),
        subject: subjectOf(place),
      },
      scoreOf(place, word, pair),
    );
  }
  return best.items;
}
