/** Which unit of a digest, or which line of its report, an officer means. */
import type { DigestUnits } from "../../src/conversation/context";
import { meantBy } from "../../src/core/names";
import { foldedWords } from "../../src/core/text";
import { pickedLine } from "../spoken-words";

export type UnitOfDigest = DigestUnits["units"][number];

/** The units that the text names best: by code, by name or by its initials. */
export function unitsNamed(text: string, units: readonly UnitOfDigest[]): readonly UnitOfDigest[] {
  const said = foldedWords(text);
  const scored = units.map((unit) => ({
    unit,
    score: meantBy([unit.code, unit.name].map(foldedWords), said),
  }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best === 0 ? [] : scored.filter(({ score }) => score === best).map(({ unit }) => unit);
}

export interface Figure {
  readonly id: string;
  readonly label: string;
  readonly value: number | string;
  readonly doubtful: boolean;
}

/** What a unit's report holds, in the order of the form. */
export const figuresOf = ({ values, marks }: UnitOfDigest, { fields }: DigestUnits): readonly Figure[] =>
  fields.flatMap(({ id, label }) => {
    const value = values[id];
    return value === undefined ? [] : [{ id, label, value, doubtful: marks.includes(id) }];
  });

/** The figure of this line, or whose label holds these words and no other's does. */
export function figureNamed(text: string, figures: readonly Figure[]): Figure | null {
  const line = pickedLine(text, figures.length);
  if (line !== null) return figures[line - 1] ?? null;
  const said = foldedWords(text);
  const named = said === "" ? [] : figures.filter(({ label }) => foldedWords(label).includes(said));
  return named.length === 1 ? (named[0] ?? null) : null;
}
