/** Made by `src/tools/calibrate.ts` from the development questions; run it again instead of editing by hand. */
import type { JudgeWeights } from "./confidence";
import type { RankWeights } from "./rank";

export const RANK_WEIGHTS: RankWeights = {
  words: 0.5898,
  pairs: 0.3284,
  recall: -0.1222,
  precision: 0.0842,
  order: -0.0703,
  likeness: 0.1901,
  types: 0.0895,
  papers: 0.035,
  subject: 0.0386,
  topic: 0.2,
  gap: 0.0384,
  openGap: 0.06,
};

export const JUDGE_WEIGHTS: JudgeWeights = {
  score: 2.05,
  words: 1.9683,
  pairs: 0.5662,
  recall: 1.2585,
  precision: 2.9546,
  unknownWords: 0.4988,
  unknownPairs: -3.829,
  evidence: 2.6956,
  missed: -2.0679,
  anchored: 2.7259,
  topic: 1.6207,
  gap: 0.3354,
  looseGap: -1.4549,
  lead: 0.5391,
  foreign: -3.0515,
  bias: -4.619,
};

/** At least this sure: answer. */
export const ANSWER_FROM = 0.485;
/** At least this sure: offer two or three questions to choose from. */
export const CHOICES_FROM = 0.388;
