/** What readers of a digest ask for, taken out of its frozen rows. */
import type { Change, Correction, DigestContent, DigestField, UnitRow } from "./digest-content";
import { newCorrections } from "./digest-corrections";

/** What units wrote into one text field, in the order of the roster. */
export interface TextsOfField {
  readonly field: DigestField;
  readonly items: readonly { readonly unit: UnitRow; readonly text: string }[];
}

/** Every text field with what was written into it, word for word; those that need action first. */
export function textsOf(content: DigestContent): readonly TextsOfField[] {
  const fields = content.fields.filter(({ type }) => type === "text");
  return [...fields.filter((f) => f.needsAction), ...fields.filter((f) => !f.needsAction)].map((field) => ({
    field,
    items: content.units.flatMap((unit) => {
      const text = unit.values[field.id];
      return typeof text === "string" && text.trim() !== "" ? [{ unit, text: text.trim() }] : [];
    }),
  }));
}

/** The fields that are summed. */
export const figuresOf = (content: DigestContent): readonly DigestField[] =>
  content.fields.filter(({ type }) => type === "integer");

/** The label of a field; its id where the form has changed since. */
export const labelOf =
  (content: DigestContent) =>
  (id: string): string =>
    content.fields.find((field) => field.id === id)?.label ?? id;

/** Whom the office has to call, and why; a unit may stand in several lists. */
export interface CallList {
  readonly missing: readonly UnitRow[];
  readonly missingTwice: readonly UnitRow[];
  readonly notReached: readonly UnitRow[];
  readonly toCheck: readonly UnitRow[];
}

export const callListOf = ({ units }: DigestContent): CallList => ({
  missing: units.filter(({ state }) => state === "missing"),
  missingTwice: units.filter(({ missingTwice }) => missingTwice),
  notReached: units.filter(({ notReached }) => notReached !== null),
  toCheck: units.filter(({ marks }) => marks.length > 0),
});

/** How many figures of a field still have to be checked; they are in its total. */
export const toCheckIn = ({ units }: DigestContent, field: string): number =>
  units.filter(({ marks }) => marks.includes(field)).length;

/** The change of a total against the digest before; null when there is none to compare with. */
export function movedSince(content: DigestContent, field: string): number | null {
  const before = content.previous?.totals[field];
  return before === undefined ? null : (content.totals[field] ?? 0) - before;
}

/** Changes in the order of the form; fields that are no longer in it last. */
export function inFormOrder(content: DigestContent, changes: readonly Change[]): readonly Change[] {
  const place = new Map(content.fields.map(({ id }, i) => [id, i]));
  const placeOf = ({ field }: Change) => place.get(field) ?? content.fields.length;
  return changes.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** The corrections that readers have not heard of as ones of a lower level, their changes in the order of the form. */
export const correctionsToTell = (content: DigestContent): readonly Correction[] =>
  newCorrections(content.corrections).map((correction) => ({
    ...correction,
    changes: [...inFormOrder(content, correction.changes)],
  }));
