/** An office chooses which difficulties and proposals of its units go up with its own report. */
import type { ReportView } from "../../src/conversation/context";
import { say } from "../../src/conversation/message";
import { clip, foldedWords, lengthOf } from "../../src/core/text";
import { saysNo } from "../spoken-words";
import { fieldOf, saved, withData, type Form, type ReportMove } from "./form";
import { formStep } from "./form-step";
import { goToCheck } from "./moving";
import { formTap } from "./showing";
import { titles, wording } from "./wording.vi";

type PassedOn = ReportView["passedOn"];

/** What fits on a phone without a search; the others stand in the digest. */
const MAX_OFFERED = 30;
/** Enough to know a text again. */
const QUOTED_CHARS = 100;
const ALL_WORDS = new Set(["tat ca", "het", "ca"]);
const NUMBERS = /^\d{1,2}(?:[\s,;.]+(?:và\s+)?\d{1,2})*$/u;

export const texts = formStep({
  claims: (folded) => ALL_WORDS.has(folded) || saysNo(folded),
  ask(form) {
    const offered = offeredOf(form);
    const lines = offered.map(({ field, text }, i) =>
      wording.textLine(i + 1, fieldOf(form.report, field)?.label ?? field, clip(text, QUOTED_CHARS)),
    );
    return say(wording.texts(lines, form.report.passedOn.length - offered.length), [
      formTap(form, titles.allTexts, "report.all-texts"),
      formTap(form, titles.noTexts, "report.no-texts"),
    ]);
  },
  back: (form) => goToCheck(form),
  tap(action, form) {
    if (action === "report.all-texts") return passOn(form, form.report.passedOn, "cut");
    return action === "report.no-texts" ? passOn(form, [], "refuse") : null;
  },
  text(text, form) {
    if (ALL_WORDS.has(foldedWords(text))) return passOn(form, form.report.passedOn, "cut");
    if (saysNo(text)) return passOn(form, [], "refuse");
    const offered = offeredOf(form);
    const chosen = NUMBERS.test(text.trim()) ? new Set((text.match(/\d+/g) ?? []).map(Number)) : new Set();
    const known = offered.filter((_, i) => chosen.has(i + 1));
    return known.length === 0 || known.length < chosen.size
      ? { again: [say(wording.textsAgain(offered.length))] }
      : passOn(form, known, "refuse");
  },
});

const offeredOf = ({ report }: Form): PassedOn => report.passedOn.slice(0, MAX_OFFERED);

/** The chosen texts in place of all that came from below; figures stay. What is too long is cut only where all go. */
function passOn(form: Form, chosen: PassedOn, tooLong: "cut" | "refuse"): ReportMove {
  const fields = form.report.fields.filter(({ id }) =>
    form.report.passedOn.some(({ field }) => field === id),
  );
  const values = new Map(Object.entries(form.data.values));
  for (const { id, label, maxLength = Number.MAX_SAFE_INTEGER } of fields) {
    const text = chosen
      .filter(({ field }) => field === id)
      .map((one) => one.text)
      .join("\n");
    if (tooLong === "refuse" && lengthOf(text) > maxLength)
      return { again: [say(wording.textsTooLong(label, lengthOf(text), maxLength))] };
    if (text === "") values.delete(id);
    else values.set(id, clip(text, maxLength));
  }
  const changed = withData(form, { values: Object.fromEntries(values), changed: true });
  return goToCheck(changed, { effects: [saved(changed)] });
}
