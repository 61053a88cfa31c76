/** What an import tells about itself: nothing of a file is left out without a word. */
import { importWording } from "./wording.vi";

export interface Place {
  /** Null where a file has one sheet only, or lines. */
  readonly sheet: string | null;
  readonly row: number;
}

export interface Report {
  /** What could not be taken, and why. */
  readonly refusals: readonly string[];
  /** What was left out beside that, or should be looked at. */
  readonly notes: readonly string[];
}

export class Reporter implements Report {
  readonly refusals: string[] = [];
  readonly notes: string[] = [];

  refuse(place: Place, reason: string): void {
    this.refusals.push(importWording.at(place, reason));
  }

  note(place: Place, remark: string): void {
    this.notes.push(importWording.at(place, remark));
  }
}
