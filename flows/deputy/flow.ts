/** A head lets somebody report in the unit's name, from a day to a day, by a code that works once; and ends it. */
import { z } from "zod";
import { addDays, dayOf } from "../../src/core/clock";
import { asksSomething } from "../../src/core/question-words";
import { foldedWords } from "../../src/core/text";
import type { DelegationView, MembershipView } from "../../src/conversation/context";
import { defineFlow, type Move, type Start, type View } from "../../src/conversation/flow";
import { say, tap } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { pickedLine } from "../spoken-words";
import { MAX_DAYS, typedSpan, type Span } from "./span";
import { titles, wording } from "./wording.vi";

const dataSchema = z.object({ unitCode: z.string() });
type DeputyData = z.infer<typeof dataSchema>;
type DeputyMove = Move<"which" | "span", DeputyData>;

/** A working week, and a fortnight: the usual journey and the usual leave. */
const OFFERED_DAYS = [7, 14] as const;
const NO_END = "-";
const MAX_BUTTONS = 5;
/** What is left beside the offered spans. */
const MAX_END_BUTTONS = MAX_BUTTONS - OFFERED_DAYS.length - 1;

export const deputy = defineFlow<"which" | "span", DeputyData>({
  id: "deputy",
  version: 1,
  words: ["uy quyen", "uy quyen bao cao", "nguoi bao cao thay", "bao cao thay"],
  taps: ["deputy.unit", "deputy.span", "deputy.end"],
  parse: (data) => dataSchema.safeParse(data).data ?? null,
  open,
  leave: () => say(wording.left),
  steps: {
    which: {
      ask: (_data, view) => {
        const units = headed(view);
        return say(
          wording.which(units.map(({ unitName }) => unitName)),
          units.slice(0, MAX_BUTTONS).map(({ unitCode, unitName }) => tap(unitName, "deputy.unit", unitCode)),
        );
      },
      hear(heard, _data, view) {
        if (heard.kind === "files") return { again: [say(wording.noFiles)] };
        const units = headed(view);
        const line = heard.kind === "text" ? pickedLine(heard.text, units.length) : null;
        const unit =
          heard.kind === "tap" && heard.action === "deputy.unit"
            ? units.find(({ unitCode }) => unitCode === heard.args[0])
            : units[(line ?? 0) - 1];
        return unit === undefined ? null : { go: "span", data: { unitCode: unit.unitCode } };
      },
    },
    span: {
      ask({ unitCode }, view) {
        const standing = standingOf(unitCode, view);
        const today = dayOf(view.now);
        return say(wording.span(nameOf(unitCode, view), standing), [
          ...OFFERED_DAYS.map((days) => {
            const to = addDays(today, days - 1);
            return tap(titles.days(days, to), "deputy.span", unitCode, today, to);
          }),
          tap(titles.standing, "deputy.span", unitCode, today, NO_END),
          ...standing.slice(0, MAX_END_BUTTONS).map(({ id }, i) => tap(titles.end(i + 1), "deputy.end", id)),
        ]);
      },
      hear(heard, data, view) {
        if (heard.kind === "files") return { again: [say(wording.noFiles)] };
        if (heard.kind === "tap") return hearTap(heard.action, heard.args, data, view);
        if (/khong thoi han|cap pho/.test(foldedWords(heard.text)))
          return grant(data, { from: dayOf(view.now), to: null }, view);
        const standing = standingOf(data.unitCode, view);
        const ending = /^ket thuc(?: uy quyen)?(?: (\d+))?$/.exec(foldedWords(heard.text));
        if (ending !== null) return end(standing[Number(ending[1] ?? "1") - 1], view);
        const span = typedSpan(heard.text, view.now);
        if (span !== null) return grant(data, span, view);
        return asksSomething(heard.text) ? null : { again: [say(wording.spanAgain(MAX_DAYS))] };
      },
    },
  },
});

function open(start: Start, view: View): DeputyMove {
  const units = headed(view);
  if (start.action === "deputy.end")
    return end(
      view.context.delegations.find(({ id }) => id === start.args[0]),
      view,
    );
  const [only, second] = units;
  if (only === undefined) return { end: [say(wording.notHead, [menuButton])] };
  // A button of a message long past shows what stands now; nothing is granted for days that are over.
  const named = start.action === "deputy.span" ? units.find((unit) => unit.unitCode === start.args[0]) : null;
  const unit = named ?? (second === undefined ? only : null);
  if (unit === null) return { go: "which", data: { unitCode: "" } };
  return { go: "span", data: { unitCode: unit.unitCode } };
}

function hearTap(
  action: string,
  [named, from, to]: readonly string[],
  data: DeputyData,
  view: View,
): DeputyMove | null {
  if (action === "deputy.end")
    return end(
      standingOf(data.unitCode, view).find(({ id }) => id === named),
      view,
    );
  if (action !== "deputy.span" || named !== data.unitCode) return null;
  if (from === undefined || to === undefined || from < dayOf(view.now)) return { again: [] };
  return grant(data, { from, to: to === NO_END ? null : to }, view);
}

const headed = ({ context }: View): readonly MembershipView[] =>
  context.person.memberships.filter(({ role, delegated }) => role === "reporter" && delegated !== true);

const nameOf = (unitCode: string, view: View): string =>
  headed(view).find((unit) => unit.unitCode === unitCode)?.unitName ?? unitCode;

const standingOf = (unitCode: string, { context }: View): readonly DelegationView[] =>
  context.delegations.filter((delegation) => delegation.unitCode === unitCode);

const grant = ({ unitCode }: DeputyData, { from, to }: Span, view: View): DeputyMove => ({
  end: [say(wording.making(nameOf(unitCode, view), from, to))],
  effects: [{ type: "delegate", unitCode, from, to }],
});

function end(delegation: DelegationView | undefined, view: View): DeputyMove {
  if (delegation === undefined) return { end: [say(wording.gone, [menuButton])] };
  return {
    end: [say(wording.ending(nameOf(delegation.unitCode, view)), [menuButton])],
    effects: [{ type: "end-delegation", id: delegation.id }],
  };
}
