/** What is wrong with the files of a campaign: all of it at once, each with its place. */
import { AppError } from "../core/errors";

export interface Problem {
  /** Relative to the configuration folder. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Thrown once for a whole campaign; its message lists every problem, one a line. */
export class CampaignProblems extends AppError {
  constructor(
    campaign: string,
    readonly problems: readonly Problem[],
  ) {
    super(
      "broken",
      "campaign-problems",
      [
        `the campaign ${campaign} has ${problems.length} problem(s):`,
        ...problems.map(({ file, line, message }) => `  ${file}:${line}: ${message}`),
      ].join("\n"),
    );
  }
}
