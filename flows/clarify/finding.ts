/** Which unit of a digest, or which line of its report, an officer means. */
import type { DigestUnits } from "../../src/conversation/context";
import { foldedWords } from "../../src/core/text";
import { pickedLine } from "../spoken-words";

export type UnitOfDigest = DigestUnits["units"][number];

/** The unit of this code or name; else all whose name holds every word. */
export function unitsNamed(text: string, units: readonly UnitOfDigest[]): readonly UnitOfDigest[] {
  const said = foldedWords(text);
  if (said === "") return [];
  const exact = units.filter(({ code, name }) => foldedWords(code) === said || foldedWords(name) === said);
  if (exact.length > 0) return exact;
  const words = said.split(" ");
  return units.filter(({ name }) => {
    const known = foldedWords(name).split(" ");
    return words.every((word) => known.includes(word));
  });
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
