/**
 * Full-text search libraries on our entries, each in a few settings. Reads `{ entries, questions }` on standard input;
 * writes, for each setting, the best entry of every question with its score.
 */
import { create, insertMultiple, search } from "@orama/orama";
import MiniSearch from "minisearch";
import bm25 from "wink-bm25-text-search";

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const words = (text) => text.match(/[\p{L}\p{N}]+(?:[./,-][\p{L}\p{N}]+)*/gu) ?? [];
const FIELDS = ["question", "phrasings", "keywords", "answer"];
const BOOSTS = {
  even: { question: 1, phrasings: 1, keywords: 1, answer: 1 },
  asked: { question: 4, phrasings: 3, keywords: 2, answer: 1 },
};

function* miniSearch(docs) {
  for (const [boosted, boost] of Object.entries(BOOSTS))
    for (const fuzzy of [false, 0.2]) {
      const index = new MiniSearch({
        fields: FIELDS,
        tokenize: (text) => words(fold(text)),
        processTerm: (term) => term,
      });
      index.addAll(docs);
      yield {
        name: `${boosted}, fuzzy ${fuzzy}`,
        ask: (text) => {
          const [best] = index.search(text, { boost, fuzzy });
          return best === undefined ? null : { id: best.id, score: best.score };
        },
      };
    }
}

function* orama(docs) {
  for (const [boosted, boost] of Object.entries(BOOSTS))
    for (const tolerance of [0, 1]) {
      const index = create({
        schema: Object.fromEntries(["id", ...FIELDS].map((name) => [name, "string"])),
        components: {
          tokenizer: {
            language: "vi",
            normalizationCache: new Map(),
            tokenize: (text) => words(fold(text)),
          },
        },
      });
      insertMultiple(index, docs);
      yield {
        name: `${boosted}, tolerance ${tolerance}`,
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

function* plainBm25(docs) {
  for (const [boosted, boost] of Object.entries(BOOSTS))
    for (const b of [0.3, 0.75]) {
      const index = bm25();
      index.defineConfig({ fldWeights: boost, bm25Params: { k1: 1.2, b, k: 1 } });
      index.definePrepTasks([(text) => words(fold(text))]);
      docs.forEach((doc, i) => index.addDoc(doc, String(i)));
      index.consolidate();
      yield {
        name: `${boosted}, b ${b}`,
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
