/** Made by `src/tools/calibrate.ts` from the development questions; run it again instead of editing by hand. */
import type { JudgeWeights } from "./confidence";
import type { RankWeights } from "./rank";

export const RANK_WEIGHTS: RankWeights = {
  words: 0.5678,
  pairs: 0.244,
  recall: -0.1477,
  precision: 0.0406,
  order: -0.0019,
  likeness: 0.2971,
  types: 0.1122,
  papers: 0.0309,
  subject: 0.0586,
  topic: 0.2,
  gap: 0.0153,
  openGap: 0.1117,
};

export const JUDGE_WEIGHTS: JudgeWeights = {
  score: 1.7555,
  words: 1.2001,
  pairs: 0.5316,
  recall: 0.6474,
  precision: 2.8687,
  unknownWords: -0.2179,
  unknownPairs: -2.1229,
  evidence: 1.3527,
  missed: -1.2003,
  anchored: 2.6784,
  topic: 0.8172,
  gap: 0.4603,
  looseGap: -1.5861,
  lead: 2.5816,
  foreign: -4.1503,
  bias: -4.2193,
};

/** At least this sure: answer. */
export const ANSWER_FROM = 0.45;
/** At least this sure: offer two or three questions to choose from. */
export const CHOICES_FROM = 0.36;
