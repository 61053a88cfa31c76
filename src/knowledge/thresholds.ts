/** Made by `src/tools/calibrate.ts` from the development questions; run it again instead of editing by hand. */
import type { JudgeWeights } from "./confidence";
import type { RankWeights } from "./rank";

export const RANK_WEIGHTS: RankWeights = {
  words: 0.5966,
  pairs: 0.3374,
  recall: 0.0145,
  precision: 0.1786,
  order: -0.0462,
  likeness: -0.0809,
  types: 0.0981,
  papers: 0.0948,
  subject: 0.0529,
  topic: 0.2,
};

export const JUDGE_WEIGHTS: JudgeWeights = {
  score: 3.9058,
  words: 2.2014,
  pairs: -0.3242,
  recall: -1.2444,
  precision: 3.783,
  unknownWords: -0.0554,
  unknownPairs: -3.1547,
  evidence: 3.6419,
  missed: -2.9797,
  anchored: 1.8563,
  topic: 2.2349,
  foreign: -2.2932,
  bias: -5.6568,
};

/** At least this sure: answer. */
export const ANSWER_FROM = 0.66;
/** At least this sure: offer two or three questions to choose from. */
export const CHOICES_FROM = 0.528;
