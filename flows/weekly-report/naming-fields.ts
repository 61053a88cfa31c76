/** Which field of the form somebody means by a number of the list, its label or a word people use for it. */
import type { FieldView } from "../../src/conversation/context";
import { foldedWords } from "../../src/core/text";
import { pickedLine } from "../spoken-words";

export function fieldNamed(text: string, fields: readonly FieldView[]): FieldView | null {
  const line = pickedLine(text, fields.length);
  if (line !== null) return fields[line - 1] ?? null;
  const said = foldedWords(text);
  if (said === "") return null;
  const exact = fields.find((field) => namesOf(field).includes(said));
  if (exact !== undefined) return exact;
  const partly = fields.filter(({ label }) => ` ${foldedWords(label)} `.includes(` ${said} `));
  return partly.length === 1 ? (partly[0] ?? null) : null;
}

/** Whether a folded text is, or begins with, the name of a field: "khó khăn: thiếu máy chiếu". */
export const beginsWithField = (folded: string, fields: readonly FieldView[]): boolean =>
  fieldNamed(folded, fields) !== null ||
  fields.some(
    (field) => field.type === "text" && namesOf(field).some((name) => folded.startsWith(`${name} `)),
  );

const namesOf = ({ label, aliases }: FieldView): string[] => {
  const whole = foldedWords(label);
  return [whole, whole.replace(/^so /, ""), ...aliases];
};

/** `Khó khăn: thiếu máy chiếu`: a field with words and what is to stand in it. */
export function labelledText(
  text: string,
  fields: readonly FieldView[],
): { readonly field: FieldView; readonly text: string } | null {
  const colon = text.indexOf(":");
  if (colon < 0) return null;
  const field = fieldNamed(
    text.slice(0, colon),
    fields.filter(({ type }) => type === "text"),
  );
  const content = text.slice(colon + 1).trim();
  // A number before the colon would be an hour or a list of the person's own.
  if (field === null || content === "" || /^\s*\d+\s*$/.test(text.slice(0, colon))) return null;
  return { field, text: content };
}
