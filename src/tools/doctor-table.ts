/** The doctor's findings as a person reads them on a terminal. */
import type { Finding } from "../core/finding";
import { TOOL } from "./doctor.vi";

type State = Finding["state"];

const COLOURS: Readonly<Record<State, number>> = { ok: 32, warn: 33, fail: 31, unknown: 90 };
const STATES: readonly State[] = ["ok", "warn", "fail", "unknown"];
/** A terminal of the usual 100 columns: advice is wrapped, never cut. */
const WIDTH = 100;

const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));

function wrapped(text: string, indent: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + word.length + 1 > WIDTH - indent) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${" ".repeat(indent)}`);
}

export function tableOf(
  findings: readonly Finding[],
  { by, isColoured }: { readonly by: "program" | "doctor"; readonly isColoured: boolean },
): string {
  const paint = (state: State, text: string) =>
    isColoured ? `\u001b[${COLOURS[state]}m${text}\u001b[0m` : text;
  const markWidth = widest(STATES.map((state) => TOOL.states[state]));
  const titleWidth = widest(findings.map(({ title }) => title));
  const indent = 2 + markWidth + 2;
  const rows = findings.flatMap(({ state, title, detail, advice }) => [
    `  ${paint(state, TOOL.states[state].padEnd(markWidth))}  ${title.padEnd(titleWidth)}  ${wrapped(detail, indent + titleWidth + 2)}`,
    ...(advice === undefined ? [] : [`${" ".repeat(indent)}${wrapped(TOOL.todo(advice), indent)}`]),
  ]);
  const count = (state: State) => findings.filter((finding) => finding.state === state).length;
  return [
    TOOL.heading[by],
    "",
    ...rows,
    "",
    TOOL.summary(count("fail"), count("warn"), count("unknown")),
  ].join("\n");
}
