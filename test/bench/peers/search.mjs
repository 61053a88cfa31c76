/**
 * Full-text search libraries on our entries, each in a few settings. Reads `{ entries, questions }` on standard input;
 * writes, for each setting, the best entry of every question with its score.
 */
import { create, insertMultiple, search } from "@orama/orama";
import MiniSearch from "minisearch";
import bm25 from "wink-bm25-text-search";

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const split = (text) => text.match(/[\p{L}\p{N}]+(?:[./,-][\p{L}\p{N}]+)*/gu) ?? [];
const FIELDS = ["question", "phrasings", "keywords", "answer"];
const BOOSTS = {
  even: { question: 1, phrasings: 1, keywords: 1, answer: 1 },
  asked: { question: 4, phrasings: 3, keywords: 2, answer: 1 },
};

const marked = (text) => split(text.normalize("NFC").toLowerCase()).filter((word) => word !== fold(word));
const pairs = (words) => words.slice(1).map((word, i) => `${words[i]}_${word}`);
/** Words without marks; beside them the words as written, and the pairs in which they stand. */
const TOKENS = {
  words: (text) => split(fold(text)),
  "words, marks": (text) => [...split(fold(text)), ...marked(text)],
  "words, pairs": (text) => [...split(fold(text)), ...pairs(split(fold(text)))],
  "words, marks, pairs": (text) => [...split(fold(text)), ...marked(text), ...pairs(split(fold(text)))],
};

/** Every way of taking texts apart with every weight of the fields. */
const WAYS = Object.entries(TOKENS).flatMap(([taken, tokens]) =>
  Object.entries(BOOSTS).map(([boosted, boost]) => ({ name: `${taken}; ${boosted}`, tokens, boost })),
);
const WORDS_ALONE = WAYS.filter(({ tokens }) => tokens === TOKENS.words);

function* miniSearch(docs) {
  const looser = WORDS_ALONE.flatMap((way) => [
    { ...way, name: `${way.name}, fuzzy 0.2`, options: { fuzzy: 0.2 } },
    { ...way, name: `${way.name}, prefixes`, options: { prefix: (word) => word.length > 3 } },
  ]);
  for (const { name, tokens, boost, options } of [...WAYS, ...looser]) {
    const index = new MiniSearch({ fields: FIELDS, tokenize: tokens, processTerm: (term) => term });
    index.addAll(docs);
    yield {
      name,
      ask: (text) => {
        const [best] = index.search(text, { boost, ...options });
        return best === undefined ? null : { id: best.id, score: best.score };
      },
    };
  }
}

/** Orama takes every word for a beginning, even without tolerance; a sign at the end makes it whole. */
const END = "\u0003";

function* orama(docs) {
  const whole = WAYS.map((way) => ({ ...way, tolerance: 0, end: END }));
  const looser = WORDS_ALONE.flatMap((way) => [
    { ...way, name: `${way.name}, beginnings`, tolerance: 0, end: "" },
    { ...way, name: `${way.name}, tolerance 1`, tolerance: 1, end: END },
  ]);
  for (const { name, tokens, boost, tolerance, end } of [...whole, ...looser]) {
    const index = create({
      schema: Object.fromEntries(["id", ...FIELDS].map((field) => [field, "string"])),
      components: {
        tokenizer: {
          language: "vi",
          normalizationCache: new Map(),
          tokenize: (text) => tokens(text).map((token) => token + end),
        },
      },
    });
    insertMultiple(index, docs);
    yield {
      name,
      ask: async (text) => {
        const { hits } = await search(index, {
          term: text,
          properties: FIELDS,
          boost,
          tolerance,
          threshold: 1,
          limit: 1,
        });
        return hits[0] === undefined ? null : { id: hits[0].document.id, score: hits[0].score };
      },
    };
  }
}

const PARAMETERS = [
  { k1: 1.2, b: 0.75 },
  { k1: 1.2, b: 0.3 },
  { k1: 2, b: 0.75 },
];

function* plainBm25(docs) {
  for (const { name, tokens, boost } of WAYS)
    for (const { k1, b } of PARAMETERS) {
      const index = bm25();
      index.defineConfig({ fldWeights: boost, bm25Params: { k1, b, k: 1 } });
      index.definePrepTasks([tokens]);
      docs.forEach((doc, i) => index.addDoc(doc, String(i)));
      index.consolidate();
      yield {
        name: `${name}, k1 ${k1}, b ${b}`,
        ask: (text) => {
          const [best] = index.search(text, 1);
          return best === undefined ? null : { id: docs[Number(best[0])].id, score: best[1] };
        },
      };
    }
}

async function read() {
  let text = "";
  for await (const part of process.stdin.setEncoding("utf8")) text += part;
  return JSON.parse(text);
}

const { entries, questions } = await read();
const docs = entries.map(({ id, question, phrasings, keywords, answer }) => ({
  id,
  question,
  phrasings: phrasings.join(" . "),
  keywords: keywords.join(" . "),
  answer,
}));
const results = [];
for (const [peer, settings] of Object.entries({ MiniSearch: miniSearch, Orama: orama, BM25: plainBm25 }))
  for (const { name, ask } of settings(docs)) {
    const found = [];
    for (const text of questions) found.push(await ask(text));
    results.push({ peer, setting: name, found });
  }
process.stdout.write(JSON.stringify(results));
