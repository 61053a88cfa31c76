/** The menu: one message that fits who is asking. */
import { defineFlow, type View } from "../../src/conversation/flow";
import { say, tap, type Button, type Message } from "../../src/conversation/message";
import { isReporter } from "../phone/flow";
import { currentReports } from "../weekly-report/choosing";
import { progressOf } from "../weekly-report/form";
import { waitingTickets } from "../staff/waiting";
import { titles, wording } from "./wording.vi";

export const menu = defineFlow<never, Record<string, never>>({
  id: "menu",
  version: 1,
  words: ["menu", "bat dau", "start", "tro giup", "huong dan", "help", "quay lai"],
  taps: ["menu.open"],
  parse: () => ({}),
  open: (_start, view) => ({ end: [menuMessage(view)] }),
  steps: {},
});

export function menuMessage(view: View): Message {
  const { campaign, person } = view.context;
  const { memberships } = person;
  if (memberships.length === 0) {
    return say(wording.citizen(campaign.name), [
      tap(titles.browse, "ask.browse"),
      tap(titles.link, "link.how"),
      tap(titles.myData, "data.show"),
    ]);
  }
  const isStaff = memberships.some(({ role }) => role === "staff");
  const waiting = waitingTickets(view).length;
  const units = [...new Set(memberships.map(({ unitName }) => unitName))];
  const owed = owedLines(view);
  const text = [
    wording.member(units),
    ...owed,
    ...(waiting > 0 ? [wording.waiting(waiting)] : []),
    wording.hint,
    ...(isReporter(view.context) && owed.length === 0 ? [wording.card] : []),
  ].join("\n");
  return say(text, isStaff ? staffButtons(view) : reporterButtons);
}

function owedLines(view: View): string[] {
  return currentReports(view.context.reports)
    .filter(({ version }) => version === 0)
    .map((report) => {
      if (report.draft === null) return wording.owed(report);
      const { filled, all } = progressOf(report);
      return wording.drafting(report, filled, all);
    });
}

const reporterButtons: readonly Button[] = [
  tap(titles.report, "report.start"),
  tap(titles.nil, "report.nil"),
  tap(titles.difficulty, "difficulty.start"),
  tap(titles.extension, "ext.start"),
  tap(titles.browse, "ask.browse"),
];

function staffButtons(view: View): Button[] {
  const owes = view.context.reports.length > 0;
  return [
    tap(titles.digest, "staff.digest"),
    tap(titles.waiting, "staff.waiting"),
    ...(owes ? [tap(titles.report, "report.start"), tap(titles.difficulty, "difficulty.start")] : []),
    tap(titles.browse, "ask.browse"),
  ];
}
