/** Where a form goes on: the next gap, what is to be asked about, or back to where the person was. */
import type { Effect } from "../../src/conversation/effects";
import type { Message } from "../../src/conversation/message";
import { say } from "../../src/conversation/message";
import {
  fieldOf,
  missingOf,
  optionalOf,
  requiredOf,
  saved,
  withData,
  type Form,
  type ReportMove,
  type StepName,
} from "./form";
import { wording } from "./wording.vi";

interface Along {
  readonly say?: readonly Message[];
  readonly effects?: readonly Effect[];
}

export const goTo = (form: Form, step: StepName, along: Along = {}): ReportMove => ({
  go: step,
  data: form.data,
  ...along,
});

/** To one field, fresh. */
export function goToField(form: Form, id: string, along: Along = {}): ReportMove {
  const step = fieldOf(form.report, id)?.type === "files" ? "evidence" : "field";
  return goTo(withData(form, { field: id, tries: 0 }), step, along);
}

/** On to whatever is still open: doubts first, then gaps, then the extras; or straight back to the check. */
export function goOn(form: Form, along: Along = {}): ReportMove {
  const { data, report } = form;
  if (data.doubts.length > 0) return goTo(form, "doubt", along);
  const [missing] = missingOf(report, data.values, data.marks);
  if (missing !== undefined) {
    return goToField(withData(form, { toCheck: false }), missing.id, along);
  }
  if (data.toCheck || optionalOf(report).length === 0) return goToCheck(form, along);
  return goTo(form, "extras", along);
}

/** To the check, or to a gap that keeps the report from being sent. */
export function goToCheck(form: Form, along: Along = {}): ReportMove {
  return goTo(withData(form, { field: "", tries: 0, toCheck: true }), "check", along);
}

/** Kept in the draft and on. */
export function keepAndGoOn(form: Form, said: readonly Message[] = []): ReportMove {
  const changed = withData(form, { changed: true, tries: 0 });
  return goOn(changed, { say: said, effects: [saved(changed)] });
}

/** `quay lại` from a field. */
export function backFromField(form: Form): ReportMove {
  const { data, report } = form;
  if (data.toCheck) return goToCheck(form);
  const required = requiredOf(report);
  const place = required.findIndex(({ id }) => id === data.field);
  if (place < 0) return goTo(form, "extras");
  const before = required[place - 1];
  if (before === undefined) return { again: [say(wording.atFirst)] };
  return goToField(form, before.id);
}

/** `quay lại` from the optional fields. */
export function backFromExtras(form: Form): ReportMove {
  const last = requiredOf(form.report).at(-1);
  return last === undefined ? { again: [] } : goToField(form, last.id);
}
