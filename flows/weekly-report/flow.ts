/** The weekly report: figures first, one offer to add more, one check, one receipt. */
import { defineFlow, type View } from "../../src/conversation/flow";
import { say } from "../../src/conversation/message";
import { check, choose, edit, nil, takeover } from "./decisions";
import { parseForm, reportOf, type FormData, type StepName } from "./form";
import { texts } from "./passing-on";
import { farewell } from "./form-step";
import { openReport } from "./opening";
import { doubt, evidence, extras, field } from "./steps";
import { wording } from "./wording.vi";

export const weeklyReport = defineFlow<StepName, FormData>({
  id: "weekly-report",
  version: 1,
  words: [
    "bao cao",
    "bc",
    "nop bao cao",
    "bao cao tuan",
    "lam bao cao",
    "khong phat sinh",
    "bao cao khong phat sinh",
    "nhu tuan truoc",
    "sua",
    "sua bao cao",
  ],
  taps: [
    "report.start",
    "report.nil",
    "report.confirm-nil",
    "report.copy",
    "report.edit",
    "report.send",
    "report.later",
    "report.field",
    "report.done",
    "report.right",
    "report.retype",
    "report.blank",
    "report.take",
    "report.leave",
    "report.pick",
    "report.texts",
    "report.all-texts",
    "report.no-texts",
  ],
  parse: parseForm,
  open: openReport,
  leave: farewellOf,
  steps: { choose, takeover, field, doubt, extras, evidence, check, edit, nil, texts },
});

/** The draft stays, and the person is told where. */
function farewellOf(data: FormData, view: View) {
  const report = reportOf(view, data.obligationId);
  return report === null ? say(wording.leftChoosing) : farewell({ data, report });
}
