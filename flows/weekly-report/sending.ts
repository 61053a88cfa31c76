/** Handing a report in, and the receipt. */
import type { Effect } from "../../src/conversation/effects";
import { say, type Message } from "../../src/conversation/message";
import { missingOf, withData, type Form, type ReportMove } from "./form";
import { goToField } from "./moving";
import { brokenRules, formTap } from "./showing";
import { titles, wording } from "./wording.vi";

/** Sends what the check shows; a gap, or a version that came in between, is named first. */
export function send(form: Form): ReportMove {
  const { data, report } = form;
  if (!data.changed) return { again: [say(wording.unchanged)] };
  const overtaken = newerVersion(form);
  if (overtaken !== null) return overtaken;
  const [missing] = missingOf(report, data.values, data.marks);
  if (missing !== undefined) {
    return goToField(withData(form, { toCheck: false }), missing.id, {
      say: [say(wording.stillMissing(missing.label))],
    });
  }
  const marks = [...new Set([...data.marks, ...brokenRules(form).map(({ whole }) => whole)])];
  return submit(form, { values: data.values, marks, nil: false });
}

export function sendNil(form: Form): ReportMove {
  return newerVersion(form) ?? submit(form, { values: {}, marks: [], nil: true });
}

function newerVersion(form: Form): ReportMove | null {
  const { data, report } = form;
  if (report.version === data.version) return null;
  return { again: [say(wording.overtaken(report))], data: { ...data, version: report.version } };
}

type Content = Pick<Extract<Effect, { type: "submit-report" }>, "values" | "marks" | "nil">;

function submit(form: Form, content: Content): ReportMove {
  const { report, view } = form;
  const code = view.code("BC", report.obligationId);
  return {
    end: [receipt(form, { code, nil: content.nil })],
    effects: [
      {
        type: "submit-report",
        obligationId: report.obligationId,
        seenVersion: report.version,
        code,
        ...content,
      },
    ],
  };
}

function receipt(form: Form, { code, nil }: { readonly code: string; readonly nil: boolean }): Message {
  const { report, view } = form;
  const version = report.version + 1;
  const text = [
    wording.receipt(report, { nil, version, code, now: view.now }),
    ...(version > 1
      ? [wording.amended(report)]
      : [view.now <= report.dueAt ? wording.onTime(report) : wording.late(report)]),
    wording.amendUntil(report),
  ].join("\n");
  return say(text, [
    formTap(form, titles.edit, "report.edit"),
    formTap(form, titles.seeAgain, "report.start"),
  ]);
}
