/** Pictures and files kept with a report, from inside the form and from outside it. */
import type { ReportView } from "../../src/conversation/context";
import type { Effect } from "../../src/conversation/effects";
import type { FileRef } from "../../src/conversation/event";
import type { View } from "../../src/conversation/flow";
import { say, tap } from "../../src/conversation/message";
import { currentReports } from "./choosing";
import { filesOf, type Form, type ReportMove } from "./form";
import { titles, wording } from "./wording.vi";

const isEvidence = ({ kind }: FileRef): boolean => kind === "image" || kind === "file";

const keep = ({ obligationId }: ReportView, files: readonly FileRef[]): Effect[] =>
  files.map(({ url, name }) => ({ type: "keep-evidence", obligationId, url, name }));

/** Files sent while the form is in hand, whatever was being asked. */
export function hearFiles(files: readonly FileRef[], form: Form): ReportMove {
  const kept = files.filter(isEvidence);
  if (kept.length === 0) return { again: [say(wording.onlyPicturesAndFiles)] };
  const total = filesOf(form) + kept.length;
  return {
    again: [say(wording.evidenceKept(kept.length, total))],
    data: { ...form.data, files: total },
    effects: keep(form.report, kept),
  };
}

/** Files that nobody had asked for: kept where there can be no doubt which report they belong to. */
export function takeLooseFiles(files: readonly FileRef[], view: View): ReportMove {
  const { person, reports } = view.context;
  if (person.memberships.length === 0) {
    return { end: [say(wording.evidenceNotLinked)] };
  }
  const open = currentReports(reports).filter(({ closesAt }) => view.now <= closesAt);
  const [report, second] = open;
  if (report === undefined) return { end: [say(wording.evidenceNoReport)] };
  if (second !== undefined) {
    return { end: [say(wording.evidenceForWhich, [tap(titles.report, "report.start")])] };
  }
  const kept = files.filter(isEvidence);
  if (kept.length === 0) return { end: [say(wording.onlyPicturesAndFiles)] };
  const total = report.attachmentCount + kept.length;
  return {
    end: [
      say(wording.evidenceKeptFor(report, kept.length, total), [
        tap(titles.report, "report.start", report.obligationId),
      ]),
    ],
    effects: keep(report, kept),
  };
}
