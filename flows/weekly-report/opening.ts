/** How a report is taken up: which one, and where in it. */
import type { ReportView, Values } from "../../src/conversation/context";
import { FILES, type Start, type View } from "../../src/conversation/flow";
import { say, type Message } from "../../src/conversation/message";
import { candidates } from "./choosing";
import { takeLooseFiles } from "./evidence";
import {
  emptyForm,
  isHeldByAnother,
  missingOf,
  progressOf,
  reportOf,
  saved,
  withData,
  type Form,
  type Intent,
  type ReportMove,
} from "./form";
import { goOn, goTo, goToCheck, goToField } from "./moving";
import { severalExample } from "./showing";
import { wording } from "./wording.vi";

/** What each word and each button of the form asks for when it comes from outside the form. */
const INTENTS: Readonly<Record<string, Intent>> = {
  "khong phat sinh": "nil",
  "report.nil": "nil",
  "report.confirm-nil": "nil",
  "nhu tuan truoc": "copy",
  "report.copy": "copy",
  "bao cao khong phat sinh": "nil",
  sua: "edit",
  "sua bao cao": "edit",
  "report.edit": "edit",
};

export function openReport(start: Start, view: View): ReportMove {
  if (start.action === FILES) return takeLooseFiles(start.files ?? [], view);
  const { person, reports, campaign } = view.context;
  if (person.memberships.length === 0) return { end: [say(wording.notLinked)] };
  const intent = INTENTS[start.action] ?? "report";
  const [named] = start.action.startsWith("report.") ? start.args : [];
  if (named !== undefined) {
    const report = reportOf(view, named);
    return report === null ? { end: [say(wording.gone(campaign.office))] } : begin(report, intent, view);
  }
  const open = candidates(reports);
  const [only, second] = open;
  if (only === undefined) return { end: [say(wording.nothingOpen)] };
  if (second === undefined) return begin(only, intent, view);
  const choices = open.map(({ obligationId }) => obligationId);
  return { go: "choose", data: { ...emptyForm(intent), choices } };
}

/** Takes up one report where it stands. */
export function begin(report: ReportView, intent: Intent, view: View): ReportMove {
  if (report.status === "exempt") return { end: [say(wording.exempt(report))] };
  if (view.now > report.closesAt) return { end: [say(wording.closed(report))] };
  const form = formFor(report, intent, view);
  if (intent !== "nil" && isHeldByAnother(form)) return goTo(form, "takeover");
  switch (intent) {
    case "nil":
      return beginNil(form);
    case "copy":
      return copyLastWeek(form);
    case "edit":
      return Object.keys(form.data.values).length === 0 ? beginFresh(form) : goTo(form, "edit");
    case "report":
      return resume(form);
  }
}

/** The form of a report as it stands in the books. */
export function formFor(report: ReportView, intent: Intent, view: View): Form {
  const { draft, version, submitted, prefill, obligationId } = report;
  const source: Values = draft?.values ?? submitted ?? (version === 0 ? prefill : null) ?? {};
  const data = {
    ...emptyForm(intent),
    obligationId,
    values: { ...source },
    marks: [...(draft?.marks ?? [])],
    version,
    changed: version === 0 || draft !== null,
  };
  return { data, report, view };
}

/** Where the draft, the report handed in or the figures from below leave off. */
export function resume(form: Form): ReportMove {
  const { report, data } = form;
  if (report.draft !== null && Object.keys(data.values).length > 0) {
    const { filled, all } = progressOf(report);
    const said = [say(wording.resume(report, filled, all))];
    return goOn(withData(form, { toCheck: missingOf(report, data.values, data.marks).length === 0 }), {
      say: said,
    });
  }
  if (report.version > 0) return goToCheck(form);
  if (Object.keys(data.values).length > 0) {
    return goToCheck(form, { say: [say(wording.prefilled), ...overdue(form)] });
  }
  return beginFresh(form);
}

function overdue({ report, view }: Form): Message[] {
  return report.version === 0 && view.now > report.dueAt ? [say(wording.overdue(report))] : [];
}

/** An empty form, from its first field. */
export function beginFresh(form: Form): ReportMove {
  const { report } = form;
  const changed = withData(form, { changed: true, toCheck: false });
  const said = [say(wording.begin(report, severalExample(report))), ...overdue(form)];
  return goOn(changed, { say: said });
}

function beginNil(form: Form): ReportMove {
  const { report } = form;
  if (report.status === "nil" || (report.version > 0 && isEmpty(report.submitted))) {
    return goToCheck(withData(form, { values: {}, changed: false }), {
      say: [say(wording.nilAlready(report))],
    });
  }
  return goTo(form, "nil", { say: overdue(form) });
}

const isEmpty = (values: Values | null): boolean => values !== null && Object.keys(values).length === 0;

/** Last week's values, to be corrected at the check. */
export function copyLastWeek(form: Form): ReportMove {
  const { lastWeek } = form.report;
  if (lastWeek === null) {
    const [missing] = missingOf(form.report, form.data.values, form.data.marks);
    const said = { say: [say(wording.noLastWeek)] };
    return missing === undefined ? goToCheck(form, said) : goToField(form, missing.id, said);
  }
  const copied = withData(form, { values: { ...lastWeek }, marks: [], doubts: [], changed: true });
  return goToCheck(copied, { say: [say(wording.copied)], effects: [saved(copied)] });
}
