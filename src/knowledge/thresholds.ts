/** Made by `src/tools/calibrate.ts` from the development questions; run it again instead of editing by hand. */
import type { JudgeWeights } from "./confidence";
import type { RankWeights } from "./rank";

export const RANK_WEIGHTS: RankWeights = {
  words: 0.5508,
  pairs: 0.3087,
  recall: -0.1439,
  precision: -0.0072,
  order: -0.0634,
  likeness: 0.355,
  types: 0.1081,
  papers: 0.0263,
  subject: 0.0362,
  topic: 0.2,
  gap: 0.0164,
  openGap: 0.0875,
};

export const JUDGE_WEIGHTS: JudgeWeights = {
  score: 1.6608,
  words: 1.6403,
  pairs: 0.3731,
  recall: 0.8998,
  precision: 2.6096,
  unknownWords: 0.3925,
  unknownPairs: -3.0625,
  evidence: 1.9204,
  missed: -2.2968,
  anchored: 2.4097,
  topic: 0.9716,
  gap: 0.9362,
  looseGap: -2.3755,
  lead: 1.8014,
  foreign: -3.5363,
  bias: -4.0781,
};

/** At least this sure: answer. */
export const ANSWER_FROM = 0.485;
/** At least this sure: offer two or three questions to choose from. */
export const CHOICES_FROM = 0.388;
