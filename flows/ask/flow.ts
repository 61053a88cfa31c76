/** Questions: answered, narrowed down, browsed for, or handed to an officer. */
import { defineFlow, QUESTION, type Start, type View } from "../../src/conversation/flow";
import { say, tap } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { pickedLine } from "../spoken-words";
import { answer, choicesMessage, openTicket, showEntry, showMore, toOfficer } from "./answering";
import { browse, questions, resolutions, topics } from "./browsing";
import { parseAsk, type AskData, type AskMove, type StepName } from "./data";
import { titles, wording } from "./wording.vi";

export const ask = defineFlow<StepName, AskData>({
  id: "ask",
  version: 1,
  passing: true,
  words: ["hoi dap", "hoi", "cau hoi"],
  taps: [
    "ask.entry",
    "ask.more",
    "ask.good",
    "ask.bad",
    "ask.ticket",
    "ask.browse",
    "ask.resolution",
    "ask.topic",
    "ask.further",
  ],
  parse: parseAsk,
  open: openAsk,
  steps: {
    choices: {
      ask: choicesMessage,
      hear(heard, data, view) {
        if (heard.kind !== "text") return null;
        const line = pickedLine(heard.text, data.ids.length);
        if (line !== null) return showEntry(data.ids[line - 1] ?? "", view);
        return answer(heard.text, view, data);
      },
    },
    rephrase: {
      ask: ({ question }) =>
        say(wording.officerOffer, [toOfficer(question), tap(titles.browse, "ask.browse"), menuButton]),
      hear: (heard, data, view) => (heard.kind === "text" ? answer(heard.text, view, data) : null),
    },
    toOfficer: {
      prose: () => true,
      ask: () => say(wording.whatToSend),
      hear: (heard, _data, view) => (heard.kind === "text" ? openTicket(heard.text, view) : null),
    },
    resolutions,
    topics,
    questions,
  },
});

function openAsk(start: Start, view: View): AskMove {
  const [first = ""] = start.args;
  switch (start.action) {
    case QUESTION:
      return answer(first, view);
    case "ask.entry":
      return showEntry(first, view);
    case "ask.more":
      return showMore(first, view);
    case "ask.good":
    case "ask.bad":
      return judge(first, start.action === "ask.good", view);
    case "ask.ticket":
      return openTicket(start.args.join(" "), view);
    default:
      return browse;
  }
}

function judge(entryId: string, helpful: boolean, view: View): AskMove {
  const effects = [{ type: "feedback", entryId, helpful } as const];
  if (helpful) return { end: [say(wording.thanks)], effects };
  const question = view.asked.at(-1) ?? view.context.knowledge.entry(entryId)?.question ?? "";
  return { end: [say(wording.sorry, [toOfficer(question)])], effects };
}
