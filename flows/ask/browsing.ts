/** Browsing: a resolution, a topic, a question; by button or by the number of the line. */
import type { Step, View } from "../../src/conversation/flow";
import { say, tap, type Button } from "../../src/conversation/message";
import { pickedLine, saysBack } from "../spoken-words";
import { showEntry } from "./answering";
import { NOTHING_ASKED, type AskData, type AskMove, type StepName } from "./data";
import { titles, wording } from "./wording.vi";

/** Every line has its button; a page that is not the last leaves one for what follows. */
const MAX_BUTTONS = 5;
const LINES_PER_PAGE = MAX_BUTTONS - 1;

interface Listed {
  readonly id: string;
  readonly title: string;
}

/** The lines of a page, and whether others follow. */
function pageOf(items: readonly Listed[], { page }: AskData) {
  const rest = items.slice(page * LINES_PER_PAGE);
  const isLast = rest.length <= MAX_BUTTONS;
  return { shown: isLast ? rest : rest.slice(0, LINES_PER_PAGE), isLast };
}

/** Behind the first list there is the menu; a form that waits below then goes on. */
const toMenu: AskMove = { open: "menu", start: { action: "menu.open", args: [] }, instead: true };

export const browse: AskMove = { go: "resolutions", data: NOTHING_ASKED };

/** One list: how it is asked, what a picked line leads to, and where `quay lại` leads. */
interface List {
  readonly action: string;
  items(data: AskData, view: View): readonly Listed[];
  head(titles: readonly string[]): string;
  picked(id: string, data: AskData, view: View): AskMove;
  back(data: AskData): AskMove | null;
}

function listStep(own: StepName, list: List): Step<StepName, AskData> {
  // Behind the last page the first one comes again.
  const further = (data: AskData, view: View): AskMove => ({
    go: own,
    data: { ...data, page: pageOf(list.items(data, view), data).isLast ? 0 : data.page + 1 },
  });
  return {
    claims: (folded) => folded === "quay lai" || folded === "xem tiep",
    ask(data, view) {
      const { shown, isLast } = pageOf(list.items(data, view), data);
      return say(list.head(shown.map(({ title }) => title)), [
        ...shown.map(({ id, title }): Button => tap(title, list.action, id)),
        ...(isLast ? [] : [tap(titles.further, "ask.further")]),
      ]);
    },
    hear(heard, data, view) {
      if (heard.kind === "files") return null;
      if (heard.kind === "tap") {
        if (heard.action === "ask.further") return further(data, view);
        if (heard.action !== list.action) return null;
        const id = heard.args[0] ?? "";
        return list.items(data, view).some((item) => item.id === id) ? list.picked(id, data, view) : null;
      }
      if (saysBack(heard.text)) return list.back(data) ?? toMenu;
      if (/^xem ti[eế]p$/i.test(heard.text)) return further(data, view);
      const { shown } = pageOf(list.items(data, view), data);
      const line = pickedLine(heard.text, shown.length);
      if (line !== null) return list.picked(shown[line - 1]?.id ?? "", data, view);
      return /^\d+$/.test(heard.text) ? { again: [say(wording.pickAgain)] } : null;
    },
  };
}

export const resolutions = listStep("resolutions", {
  action: "ask.resolution",
  items: (_data, { context }) => context.knowledge.resolutions(),
  head: wording.resolutions,
  picked: (resolution) => ({ go: "topics", data: { ...NOTHING_ASKED, resolution } }),
  back: () => null,
});

export const topics = listStep("topics", {
  action: "ask.topic",
  items: ({ resolution }, { context }) => context.knowledge.topics(resolution),
  head: wording.topics,
  picked: (topic, { resolution }) => ({ go: "questions", data: { ...NOTHING_ASKED, resolution, topic } }),
  back: () => browse,
});

export const questions = listStep("questions", {
  action: "ask.entry",
  items: ({ resolution, topic }, { context }) =>
    context.knowledge.questions(resolution, topic).map(({ id, question }) => ({ id, title: question })),
  head: wording.questions,
  picked: (id, _data, view) => showEntry(id, view),
  back: ({ resolution }) => ({ go: "topics", data: { ...NOTHING_ASKED, resolution } }),
});
