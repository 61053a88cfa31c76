/** More time: asked for by a reporter in three taps and a sentence, decided by the office in one. */
import { z } from "zod";
import { lengthOf } from "../../src/core/text";
import type { ReportView } from "../../src/conversation/context";
import { defineFlow, type Move, type Start, type View } from "../../src/conversation/flow";
import { say, tap } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { dueText, reportTitle } from "../naming.vi";
import { asksSomething } from "../../src/core/question-words";
import { pickedLine, saysBack } from "../spoken-words";
import { currentReports } from "../weekly-report/choosing";
import { decide } from "./deciding";
import { offeredDays, typedUntil } from "./days";
import { titles, wording } from "./wording.vi";

const dataSchema = z.object({ obligationId: z.string(), until: z.number() });
type ExtensionData = z.infer<typeof dataSchema>;
type StepName = "which" | "until" | "reason";
type ExtensionMove = Move<StepName, ExtensionData>;

/** Two or three sentences. */
const MAX_REASON_CHARS = 300;
const MAX_BUTTONS = 5;

export const extension = defineFlow<StepName, ExtensionData>({
  id: "extension",
  version: 1,
  words: ["gia han", "xin gia han", "xin them thoi gian"],
  taps: ["ext.start", "ext.pick", "ext.until", "ext.grant", "ext.refuse"],
  parse: (data) => dataSchema.safeParse(data).data ?? null,
  open,
  leave: () => say(wording.left),
  steps: {
    which: {
      ask: (_data, view) => {
        const reports = owed(view);
        return say(
          wording.which(reports.map((report) => `${report.unitName}, ${dueText(report)}`)),
          reports
            .slice(0, MAX_BUTTONS)
            .map((report) => tap(reportTitle(report), "ext.pick", report.obligationId)),
        );
      },
      hear(heard, _data, view) {
        if (heard.kind === "files") return { again: [say(wording.noFiles)] };
        const reports = owed(view);
        const line = heard.kind === "text" ? pickedLine(heard.text, reports.length) : null;
        const report =
          heard.kind === "tap" && heard.action === "ext.pick"
            ? reports.find(({ obligationId }) => obligationId === heard.args[0])
            : reports[(line ?? 0) - 1];
        return report === undefined ? null : begin(report, view);
      },
    },
    until: {
      claims: (folded) => saysBack(folded),
      ask(data, view) {
        const report = reportOf(data, view);
        if (report === undefined) return say(wording.gone);
        return say(
          wording.until(report),
          offeredDays(report, view).map((until) =>
            tap(titles.until(until), "ext.until", report.obligationId, String(until)),
          ),
        );
      },
      hear(heard, data, view) {
        const report = reportOf(data, view);
        if (report === undefined) return { end: [say(wording.gone)] };
        if (heard.kind === "files") return { again: [say(wording.noFiles)] };
        const offered = offeredDays(report, view);
        const last = offered.at(-1);
        if (last === undefined) return { end: [say(wording.tooLate(report))] };
        if (heard.kind === "tap") {
          const tapped = heard.args[0] === report.obligationId ? Number(heard.args[1]) : NaN;
          return offered.includes(tapped) ? { go: "reason", data: { ...data, until: tapped } } : null;
        }
        if (saysBack(heard.text)) return { end: [say(wording.left)] };
        const until = typedUntil(heard.text, report, offered);
        if (until !== null) return { go: "reason", data: { ...data, until } };
        return asksSomething(heard.text) ? null : { again: [say(wording.untilAgain(last))] };
      },
    },
    reason: {
      prose: () => true,
      claims: (folded) => saysBack(folded),
      ask: ({ until }) => say(wording.reason(until)),
      hear(heard, data, view) {
        if (heard.kind === "files") return { again: [say(wording.noFiles)] };
        if (heard.kind === "tap") return null;
        if (saysBack(heard.text)) return { go: "until", data };
        const report = reportOf(data, view);
        if (report === undefined) return { end: [say(wording.gone)] };
        if (lengthOf(heard.text) > MAX_REASON_CHARS) {
          return { again: [say(wording.reasonTooLong(MAX_REASON_CHARS))] };
        }
        return askFor(report, { until: data.until, reason: heard.text }, view);
      },
    },
  },
});

const owed = ({ context }: View): ReportView[] =>
  currentReports(context.reports).filter(({ version }) => version === 0);

const reportOf = ({ obligationId }: ExtensionData, { context }: View): ReportView | undefined =>
  context.reports.find((report) => report.obligationId === obligationId);

function open(start: Start, view: View): ExtensionMove {
  const { person, reports } = view.context;
  if (start.action === "ext.grant" || start.action === "ext.refuse") {
    return decide(start.args[0] ?? "", start.action === "ext.grant", view);
  }
  if (person.memberships.length === 0) return { end: [say(wording.notLinked)] };
  const [named] = start.args;
  if (named !== undefined) {
    const report = reports.find(({ obligationId }) => obligationId === named);
    return report === undefined ? { end: [say(wording.gone)] } : begin(report, view);
  }
  const [only, second] = owed(view);
  if (only === undefined) return { end: [say(wording.nothingOwed)] };
  return second === undefined ? begin(only, view) : { go: "which", data: { obligationId: "", until: 0 } };
}

function begin(report: ReportView, view: View): ExtensionMove {
  if (report.version > 0) return { end: [say(wording.submitted(report))] };
  if (report.extensionPending) return { end: [say(wording.pending(report))] };
  if (offeredDays(report, view).length === 0) return { end: [say(wording.tooLate(report))] };
  return { go: "until", data: { obligationId: report.obligationId, until: 0 } };
}

interface Wish {
  readonly until: number;
  readonly reason: string;
}

function askFor(report: ReportView, { until, reason }: Wish, view: View): ExtensionMove {
  const { obligationId, receiverUnitCode } = report;
  const id = view.code("GH", obligationId);
  return {
    end: [
      say(
        wording.asked(report, until),
        view.inside ? [] : [tap(titles.report, "report.start", obligationId), menuButton],
      ),
    ],
    effects: [
      { type: "ask-extension", id, obligationId, until, reason },
      {
        type: "tell",
        to: { staffOf: receiverUnitCode },
        news: { kind: "extension-asked", extensionId: id },
        key: `extension-asked:${id}`,
      },
    ],
  };
}
