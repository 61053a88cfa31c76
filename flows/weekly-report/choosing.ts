/** Which report somebody means who only says "báo cáo". */
import type { ReportView } from "../../src/conversation/context";
import { say, type Message } from "../../src/conversation/message";
import { pickedLine } from "../spoken-words";
import { reportTitle } from "../naming.vi";
import { formTap, MAX_BUTTONS } from "./showing";
import { wording } from "./wording.vi";
import { reportOf, type FormData } from "./form";
import type { View } from "../../src/conversation/flow";

/** The first report of every unit and line: the context holds them with the next due first. */
export function currentReports(reports: readonly ReportView[]): ReportView[] {
  const seen = new Set<string>();
  return reports.filter(({ unitCode, line, status }) => {
    const key = `${unitCode} ${line}`;
    if (status === "exempt" || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Those that still wait for a report; where none does, those already handed in. */
export function candidates(reports: readonly ReportView[]): ReportView[] {
  const current = currentReports(reports);
  const unfinished = current.filter(({ version }) => version === 0);
  return unfinished.length > 0 ? unfinished : current;
}

export const askChoice = (data: FormData, view: View): Message => {
  const reports = data.choices.flatMap((id) => reportOf(view, id) ?? []);
  const lines = reports.map((report, i) => `${i + 1}. ${reportTitle(report)} (${report.receiverName})`);
  return say(
    [wording.choose, ...lines].join("\n"),
    reports.slice(0, MAX_BUTTONS).map((report) => formTap({ report }, reportTitle(report), "report.pick")),
  );
};

/** The obligation picked from the list by its number; null for anything else. */
export function pickedReport(text: string, { choices }: FormData): string | null {
  const line = pickedLine(text, choices.length);
  return line === null ? null : (choices[line - 1] ?? null);
}
