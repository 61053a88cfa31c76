/** Made by `src/tools/calibrate.ts` from the development questions; run it again instead of editing by hand. */
import type { JudgeWeights } from "./confidence";
import type { RankWeights } from "./rank";

export const RANK_WEIGHTS: RankWeights = {
  words: 0.5586,
  pairs: 0.269,
  recall: -0.1089,
  precision: 0.0296,
  order: -0.0426,
  likeness: 0.2942,
  types: 0.1179,
  papers: 0.0294,
  subject: 0.0456,
  topic: 0.2,
  gap: 0.0085,
  openGap: 0.1163,
};

export const JUDGE_WEIGHTS: JudgeWeights = {
  score: 2.4127,
  words: 1.4235,
  pairs: 0.0212,
  recall: 1.1702,
  precision: 2.2234,
  unknownWords: 0.4471,
  unknownPairs: -2.71,
  evidence: 1.7414,
  missed: -2.2176,
  anchored: 2.3592,
  topic: 0.9417,
  gap: 0.8504,
  looseGap: -2.165,
  lead: 1.285,
  foreign: -3.6366,
  bias: -4.3254,
};

/** At least this sure: answer. */
export const ANSWER_FROM = 0.46;
/** At least this sure: offer two or three questions to choose from. */
export const CHOICES_FROM = 0.368;
