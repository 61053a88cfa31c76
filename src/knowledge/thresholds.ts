/** Made by `src/tools/calibrate.ts` from the development questions; run it again instead of editing by hand. */
import type { JudgeWeights } from "./confidence";
import type { RankWeights } from "./rank";

export const RANK_WEIGHTS: RankWeights = {
  words: 0.35,
  pairs: 0.15,
  recall: 0,
  precision: 0,
  order: 0.15,
  likeness: 0.5,
  types: 0.1,
  papers: 0.1,
  subject: 0.1,
  topic: 0.1,
};

export const JUDGE_WEIGHTS: JudgeWeights = {
  bias: -5,
  score: 8,
  words: 2,
  recall: 1,
  precision: 0,
  pairs: 1,
  unknownWords: -4,
  unknownPairs: -1,
  evidence: 1,
  foreign: -5,
  margin: 0,
};

/** At least this sure: answer. */
export const ANSWER_FROM = 0.5;
/** At least this sure: offer two or three questions to choose from. */
export const CHOICES_FROM = 0.4;
