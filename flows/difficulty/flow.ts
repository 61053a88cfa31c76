/** A difficulty: written down, confirmed, and at once with the office that receives the unit's reports. */
import { z } from "zod";
import { clip, foldedWords, lengthOf } from "../../src/core/text";
import { defineFlow, type Move, type Start, type View } from "../../src/conversation/flow";
import { say, tap, type Message } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { asksSomething } from "../../src/core/question-words";
import { pickedLine, saysBack, saysNo, saysYes } from "../spoken-words";
import { passUp } from "./passing-up";
import { routesOf, type Route } from "./routes";
import { titles, wording } from "./wording.vi";

const dataSchema = z.object({ route: z.number(), text: z.string() });
type DifficultyData = z.infer<typeof dataSchema>;
type StepName = "which" | "text" | "confirm";
type DifficultyMove = Move<StepName, DifficultyData>;

/** Room for a paragraph; more is a document. */
const MAX_CHARS = 1_000;
/** Enough of a difficulty to know it again in a list. */
const QUOTED_CHARS = 80;
const MAX_BUTTONS = 5;

export const difficulty = defineFlow<StepName, DifficultyData>({
  id: "difficulty",
  version: 1,
  words: ["kho khan", "vuong mac", "kho khan vuong mac", "bao kho khan", "bao vuong mac"],
  prefixes: ["kho khan vuong mac", "kho khan", "vuong mac", "bao kho khan", "bao vuong mac"],
  // "Khó khăn về vốn thì vay ở đâu?" is a question.
  prefixTakes: (rest) => !asksSomething(rest),
  taps: ["difficulty.start", "difficulty.pick", "difficulty.send", "difficulty.rewrite", "difficulty.up"],
  parse: (data) => dataSchema.safeParse(data).data ?? null,
  open,
  leave: () => say(wording.left),
  steps: {
    which: {
      ask: (_data, view) => askWhich(view),
      hear(heard, data, view) {
        if (heard.kind === "files") return { again: [say(wording.noFiles)] };
        const routes = routesOf(view);
        const picked =
          heard.kind === "text"
            ? pickedLine(heard.text, routes.length)
            : heard.action === "difficulty.pick"
              ? Number(heard.args[0]) + 1
              : null;
        return picked === null || routes[picked - 1] === undefined
          ? null
          : withText({ ...data, route: picked - 1 }, data.text);
      },
    },
    text: {
      prose: () => true,
      claims: (folded) => saysBack(folded),
      ask: () => say(wording.text),
      hear(heard, data) {
        if (heard.kind === "files") return { again: [say(wording.noFiles)] };
        if (heard.kind === "tap") return null;
        return saysBack(heard.text) ? { end: [say(wording.left)] } : withText(data, heard.text);
      },
    },
    confirm: {
      claims: (folded) => saysBack(folded),
      ask: ({ route, text }, view) =>
        say(wording.confirm(routeAt(view, route).receiver, text), [
          tap(titles.send, "difficulty.send"),
          tap(titles.rewrite, "difficulty.rewrite"),
        ]),
      hear(heard, data, view) {
        if (heard.kind === "files") return { again: [say(wording.noFiles)] };
        if (heard.kind === "tap") {
          if (heard.action === "difficulty.send") return send(data, view);
          return heard.action === "difficulty.rewrite" ? { go: "text", data } : null;
        }
        if (saysYes(heard.text) || foldedWords(heard.text) === "gui") return send(data, view);
        if (saysNo(heard.text) || saysBack(heard.text)) return { go: "text", data };
        return asksSomething(heard.text) ? null : { again: [say(wording.confirmAgain)] };
      },
    },
  },
});

function open(start: Start, view: View): DifficultyMove {
  if (start.action === "difficulty.up") return passUp(start.args[0] ?? "", view);
  if (view.context.person.memberships.length === 0) return { end: [say(wording.notLinked)] };
  const text = start.action.startsWith("difficulty.") ? "" : (start.args[0] ?? "").replace(/^[\s:,.-]+/, "");
  const data = { route: 0, text };
  if (routesOf(view).length > 1) return { go: "which", data, say: mine(view) };
  return text === "" ? { go: "text", data, say: mine(view) } : withText(data, text);
}

/** The person's own difficulties that are not closed yet. */
function mine({ context }: View): Message[] {
  const items = context.tickets.flatMap(({ kind, askedByMe, status, code, text }) =>
    kind === "difficulty" && askedByMe && status !== "closed"
      ? [wording.item(code, status, clip(text, QUOTED_CHARS))]
      : [],
  );
  return items.length === 0 ? [] : [say(wording.mine(items))];
}

function askWhich(view: View): Message {
  const names = routesOf(view).map(({ unit, receiver }) => wording.route(unit, receiver));
  return say(
    wording.which(names),
    names.slice(0, MAX_BUTTONS).map((name, i) => tap(name, "difficulty.pick", String(i))),
  );
}

function withText(data: DifficultyData, text: string): DifficultyMove {
  if (text === "") return { go: "text", data };
  if (lengthOf(text) > MAX_CHARS) {
    return { go: "text", data: { ...data, text: "" }, say: [say(wording.tooLong(MAX_CHARS))] };
  }
  return { go: "confirm", data: { ...data, text } };
}

function routeAt(view: View, place: number): Route {
  const routes = routesOf(view);
  return (
    routes[place] ??
    routes[0] ?? { unit: "", unitCode: null, line: null, receiver: view.context.campaign.office }
  );
}

function send({ route, text }: DifficultyData, view: View): DifficultyMove {
  const { unitCode, line, receiver } = routeAt(view, route);
  const code = view.code("VM");
  return {
    end: [say(wording.sent(code, receiver), view.inside ? [] : [menuButton])],
    effects: [{ type: "open-ticket", code, kind: "difficulty", text, unitCode, line }],
  };
}
