/** The few entries that are looked at closely: those that hold the most of the question's words. */
import { RESOLUTION_IDS, type ResolutionId } from "./entries";
import { holderCount, surenessAt, type Postings } from "./postings";
import type { Query } from "./query";
import type { Room, SearchIndex } from "./search-index";

/** Whom to look at closely, and what can be told of them without reading. */
export interface ShortList {
  /** The likeliest first. */
  readonly places: readonly number[];
  /** Part of the question's words, and of its pairs, by weight, that the entry speaks of. */
  readonly wordsOf: (place: number) => number;
  readonly pairsOf: (place: number) => number;
  readonly paperOf: (place: number) => number;
  readonly subjectOf: (place: number) => number;
}

/** How many entries are looked at closely. */
const SHORT_LIST = 16;
/** What pairs and papers add when choosing whom to look at closely. */
const ROUGH_PAIRS = 0.5;
const ROUGH_BINDING = 0.1;

const PAPER_FIT = { own: 1, named: 0.7, mentioned: 0.3, other: -2, unbound: 0 };
/** Entries are found by the most telling words; the lists of common ones are long and are read for those found only. */
const MOST_READ = 8_000;

const isUnbound = (resolution: ResolutionId): boolean => resolution === "general" || resolution === "laws";

/** How each entry stands to the papers named in the question. */
function paperFits({ papers, said }: Query, index: SearchIndex): Float32Array {
  const { named, postings, terms } = index;
  const strange = index.narrow.filter(({ names }) => !names.some((name) => said.includes(name)));
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
function subjectFits({ subjects }: Query, { subjects: fits }: Room): Float64Array {
  let all = 0;
  for (const weight of subjects.values()) all += weight;
  RESOLUTION_IDS.forEach((id, resolution) => {
    fits[resolution] = all === 0 || isUnbound(id) ? 0 : (2 * (subjects.get(id) ?? 0)) / all - 1;
  });
  return fits;
}

/** The telling words and pairs, the heaviest first, as numbers of the flat question. */
function tellingWords({ terms }: Query): number[] {
  const telling: number[] = [];
  for (let word = 0; word < terms.length; word++) if (terms[word]?.isChatter === false) telling.push(word);
  return telling.sort((a, b) => (terms[b]?.weight ?? 0) - (terms[a]?.weight ?? 0));
}

function readCost(word: number, { question }: Room, postings: Postings): number {
  const { terms, starts } = question;
  let cost = 0;
  for (let link = starts[word] ?? 0; link < (starts[word + 1] ?? 0); link++)
    cost += holderCount(postings, terms[link] ?? 0);
  return cost;
}

/** Adds what each entry holds of a word to `sums`, the best that it may stand for. */
function addHolders(word: number, sums: Float64Array, { question, best, touched }: Room, postings: Postings) {
  const { starts, places, sureness } = postings;
  const { terms, strengths, starts: links, weights } = question;
  const weight = weights[word] ?? 0;
  const [from, to] = [links[word] ?? 0, links[word + 1] ?? 0];
  if (to - from === 1) {
    const term = terms[from] ?? 0;
    const strength = strengths[from] ?? 0;
    for (let i = starts[term] ?? 0, end = starts[term + 1] ?? 0; i < end; i++) {
      const place = places[i] ?? 0;
      sums[place] = (sums[place] ?? 0) + weight * (strength * (sureness[i] ?? 0));
    }
    return;
  }
  let count = 0;
  for (let link = from; link < to; link++) {
    const term = terms[link] ?? 0;
    const strength = strengths[link] ?? 0;
    for (let i = starts[term] ?? 0, end = starts[term + 1] ?? 0; i < end; i++) {
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

/** Fills in what entries hold of the question's words and pairs, by weight; gives back those not looked for yet. */
function cover(query: Query, room: Room, postings: Postings): readonly number[] {
  const { words, pairs, question } = room;
  words.fill(0);
  pairs.fill(0);
  const later: number[] = [];
  let read = 0;
  for (const word of tellingWords(query)) {
    const cost = readCost(word, room, postings);
    if (read > 0 && read + cost > MOST_READ) {
      later.push(word);
      continue;
    }
    read += cost;
    addHolders(word, question.isPair[word] === 1 ? pairs : words, room, postings);
  }
  return later;
}

/** Adds what the few entries found hold of one word more. */
function addHeld(word: number, sums: Float64Array, { question, found }: Room, postings: Postings): void {
  const { terms, strengths, starts, weights } = question;
  const weight = weights[word] ?? 0;
  for (let i = 0; i < found.count; i++) {
    const place = found.places[i] ?? 0;
    let best = 0;
    for (let link = starts[word] ?? 0; link < (starts[word + 1] ?? 0); link++) {
      const strength = strengths[link] ?? 0;
      if (strength > best) best = Math.max(best, strength * surenessAt(postings, terms[link] ?? 0, place));
    }
    sums[place] = (sums[place] ?? 0) + weight * best;
  }
}

/** The places that share most with the question. The lists stand side by side: one walk, nothing looked up. */
function findLikeliest(
  { words, pairs, found, papers, question: { wordMass, pairMass } }: Room,
  resolutions: Uint8Array,
  subjects: Float64Array,
): void {
  const pairPart = pairMass === 0 ? 0 : ROUGH_PAIRS / pairMass;
  const wordPart = 1 / wordMass;
  found.begin();
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? 0;
    const pair = pairs[place] ?? 0;
    const binding = (papers[place] ?? 0) + (subjects[resolutions[place] ?? 0] ?? 0);
    const score = word * wordPart + pair * pairPart + binding * ROUGH_BINDING;
    // An entry that shares nothing with the question is no candidate, whatever paper it belongs to.
    if (score > found.bar && word + pair > 0) found.offer(place, score);
  }
}

/** The question has been read into the room; the list holds until the next one is. */
export function shortList(query: Query, index: SearchIndex): ShortList {
  const { room, postings, resolutions } = index;
  const { words, pairs, found, question } = room;
  const { wordMass, pairMass } = question;
  const later = cover(query, room, postings);
  const papers = paperFits(query, index);
  const subjects = subjectFits(query, room);
  findLikeliest(room, resolutions, subjects);
  for (const word of later) addHeld(word, question.isPair[word] === 1 ? pairs : words, room, postings);
  const wordsOf = (place: number) => (words[place] ?? 0) / wordMass;
  const pairsOf = (place: number) => (pairMass === 0 ? 0 : (pairs[place] ?? 0) / pairMass);
  const paperOf = (place: number) => papers[place] ?? 0;
  const subjectOf = (place: number) => subjects[resolutions[place] ?? 0] ?? 0;
  const scoreOf = (place: number) =>
    wordsOf(place) + pairsOf(place) * ROUGH_PAIRS + (paperOf(place) + subjectOf(place)) * ROUGH_BINDING;
  const likeliest = found.taken();
  found.begin();
  for (const place of likeliest) found.offer(place, scoreOf(place));
  return { places: found.taken().slice(0, SHORT_LIST), wordsOf, pairsOf, paperOf, subjectOf };
}
