/** Browsing: a resolution, a topic, a question; by button or by the number of the line. */
import type { Step, View } from "../../src/conversation/flow";
import { say, tap, type Button } from "../../src/conversation/message";
import { pickedLine, saysBack } from "../spoken-words";
import { showEntry } from "./answering";
import { NOTHING_ASKED, type AskData, type AskMove, type StepName } from "./data";
import { titles, wording } from "./wording.vi";

/** Ten lines are read on a phone without scrolling twice. */
const LINES_PER_PAGE = 10;
const MAX_BUTTONS = 5;

interface Listed {
  readonly id: string;
  readonly title: string;
}

const page = (items: readonly Listed[], { page: at }: AskData): readonly Listed[] =>
  items.slice(at * LINES_PER_PAGE, (at + 1) * LINES_PER_PAGE);

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
  const further = (data: AskData): AskMove => ({ go: own, data: { ...data, page: data.page + 1 } });
  return {
    claims: (folded) => folded === "quay lai" || folded === "xem tiep",
    ask(data, view) {
      const all = list.items(data, view);
      const shown = page(all, data);
      const more = (data.page + 1) * LINES_PER_PAGE < all.length;
      const room = more ? MAX_BUTTONS - 1 : MAX_BUTTONS;
      return say(list.head(shown.map(({ title }) => title)), [
        ...shown.slice(0, room).map(({ id, title }): Button => tap(title, list.action, id)),
        ...(more ? [tap(titles.further, "ask.further")] : []),
      ]);
    },
    hear(heard, data, view) {
      if (heard.kind === "files") return null;
      if (heard.kind === "tap") {
        if (heard.action === "ask.further") return further(data);
        if (heard.action !== list.action) return null;
        const id = heard.args[0] ?? "";
        return list.items(data, view).some((item) => item.id === id) ? list.picked(id, data, view) : null;
      }
      if (saysBack(heard.text)) return list.back(data) ?? toMenu;
      if (/^xem ti[eế]p$/i.test(heard.text)) return further(data);
      const shown = page(list.items(data, view), data);
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
