/** One reminder for everything a person still owes; nothing for somebody who has finished. */
import type { ReportView } from "../../src/conversation/context";
import type { News } from "../../src/conversation/event";
import type { Told, View } from "../../src/conversation/flow";
import { say, tap, type Button, type Message } from "../../src/conversation/message";
import { progressOf } from "../weekly-report/form";
import { titles, wording } from "./wording.vi";

type Reminder = Extract<News, { kind: "reminder" }>;

/** The platform shows five buttons; one is kept for "Không phát sinh". */
const MAX_REPORT_BUTTONS = 4;
const OPENING = "opening";

export function reminder({ steps }: Reminder, view: View): Told | null {
  const owed = steps.flatMap(({ obligationId, step }) => {
    const report = view.context.reports.find((known) => known.obligationId === obligationId);
    return report === undefined || !isUnfinished(report, view) ? [] : [{ report, step }];
  });
  const [only, second] = owed;
  if (only === undefined) return null;
  const message = second === undefined ? one(only, view) : several(owed.map(({ report }) => report));
  const data = wording.reminderTemplate(only.report, owed.length - 1);
  return { kind: "reminder", messages: [{ ...message, template: { name: "reminder", data } }] };
}

const isUnfinished = ({ version, status, closesAt }: ReportView, { now }: View): boolean =>
  version === 0 && status !== "exempt" && now <= closesAt;

const progress = (report: ReportView) =>
  report.draft === null || Object.keys(report.draft.values).length === 0 ? null : progressOf(report);

function one({ report, step }: { readonly report: ReportView; readonly step: string }, view: View): Message {
  const begun = progress(report);
  const head =
    view.now >= report.dueAt
      ? wording.overdue(report)
      : step === OPENING
        ? wording.opening(report)
        : wording.ahead(report);
  return say([head, begun === null ? wording.start : wording.drafting(begun)].join("\n"), [
    startButton(report),
    tap(titles.nil, "report.nil", report.obligationId),
    ...(report.extensionPending ? [] : [tap(titles.moreTime, "ext.start", report.obligationId)]),
  ]);
}

function startButton(report: ReportView): Button {
  const begun = progress(report);
  const title = begun === null ? titles.report : titles.goOn(begun.filled, begun.all);
  return tap(title, "report.start", report.obligationId);
}

function several(reports: readonly ReportView[]): Message {
  const lines = reports.map((report) => wording.line(report, progress(report)));
  return say(wording.several(lines), [
    ...reports
      .slice(0, MAX_REPORT_BUTTONS)
      .map((report) => tap(titles.reportOf(report), "report.start", report.obligationId)),
    tap(titles.nil, "report.nil"),
  ]);
}
