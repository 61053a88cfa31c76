/** Made by `src/tools/calibrate.ts` from the development questions; run it again instead of editing by hand. */
import type { JudgeWeights } from "./confidence";
import type { RankWeights } from "./rank";

export const RANK_WEIGHTS: RankWeights = {
  words: 0.5801,
  pairs: 0.2588,
  recall: -0.1356,
  precision: 0.0259,
  order: -0.0232,
  likeness: 0.294,
  types: 0.1125,
  papers: 0.026,
  subject: 0.0572,
  topic: 0.2,
  gap: 0.0135,
  openGap: 0.1237,
};

export const JUDGE_WEIGHTS: JudgeWeights = {
  score: 1.8519,
  words: 1.2819,
  pairs: 0.7256,
  recall: 1.4182,
  precision: 2.8362,
  unknownWords: 0.0077,
  unknownPairs: -2.5287,
  evidence: 1.6169,
  missed: -1.6545,
  anchored: 2.66,
  topic: 0.666,
  gap: 0.5431,
  looseGap: -1.4062,
  lead: 2.408,
  foreign: -4.2812,
  bias: -4.7058,
};

/** At least this sure: answer. */
export const ANSWER_FROM = 0.53;
/** At least this sure: offer two or three questions to choose from. */
export const CHOICES_FROM = 0.424;
