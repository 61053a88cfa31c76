/** Made by `src/tools/calibrate.ts` from the development questions; run it again instead of editing by hand. */
import type { JudgeWeights } from "./confidence";
import type { RankWeights } from "./rank";

export const RANK_WEIGHTS: RankWeights = {
  words: 0.5395,
  pairs: 0.3706,
  recall: 0.0513,
  precision: 0.1712,
  order: -0.0672,
  likeness: -0.0653,
  types: 0.0903,
  papers: 0.0864,
  subject: 0.0554,
  topic: 0.2,
  gap: 0.0208,
};

export const JUDGE_WEIGHTS: JudgeWeights = {
  score: 3.1324,
  words: 2.5827,
  pairs: 0.3102,
  recall: -0.6838,
  precision: 3.9209,
  unknownWords: -0.1336,
  unknownPairs: -3.5863,
  evidence: 3.4628,
  missed: -3.1037,
  anchored: 2.2794,
  topic: 2.4675,
  foreign: -2.3206,
  bias: -5.641,
};

/** At least this sure: answer. */
export const ANSWER_FROM = 0.66;
/** At least this sure: offer two or three questions to choose from. */
export const CHOICES_FROM = 0.528;
