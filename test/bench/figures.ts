/** The figures of a run: printed as they come, and kept as one table for the documents. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../src/core/root";

interface Figure {
  readonly what: string;
  readonly measured: string;
  /** What was wanted, where something was. */
  readonly wanted: string;
}

interface Section {
  readonly title: string;
  readonly how: string;
  readonly figures: Figure[];
}

/** `--quick`: a tenth of everything, to see that it runs; its figures mean nothing. */
const QUICK_SHARE = 0.1;
const isQuick = process.argv.includes("--quick");
export const sized = (count: number): number => (isQuick ? Math.ceil(count * QUICK_SHARE) : count);

const sections: Section[] = [];
const WIDTH = 58;
const GIB = 2 ** 30;

export function section(
  title: string,
  how: string,
): (what: string, measured: string, wanted?: string) => void {
  const figures: Figure[] = [];
  sections.push({ title, how, figures });
  console.log(`\n${title}\n  (${how})`);
  return (what, measured, wanted = "") => {
    figures.push({ what, measured, wanted });
    console.log(`  ${what.padEnd(WIDTH)} ${measured}${wanted === "" ? "" : `   [wanted: ${wanted}]`}`);
  };
}

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, ${(totalmem() / GIB).toFixed(0)} GiB, Node ${process.version}`;

const cell = (text: string): string => text.replaceAll("|", "\\|");

function asMarkdown(command: string): string {
  const tables = sections.map(({ title, how, figures }) =>
    [
      `## ${title}`,
      "",
      how,
      "",
      "| What | Measured | Wanted |",
      "| --- | --- | --- |",
      ...figures.map(
        ({ what, measured, wanted }) => `| ${cell(what)} | ${cell(measured)} | ${cell(wanted)} |`,
      ),
    ].join("\n"),
  );
  return [
    "# Benchmarks",
    "",
    `Made by \`${command}\` in one run; the command makes this page anew. Machine: ${machine()}. Load generator, pretend platform, program and database share it.`,
    "",
    tables.join("\n\n"),
    "",
  ].join("\n");
}

/** Writes the page of the documents. */
export function writePage(command: string): void {
  const file = join(ROOT, "docs", "benchmarks.md");
  writeFileSync(file, asMarkdown(command));
  execFileSync(process.execPath, [
    join(ROOT, "node_modules", "prettier", "bin", "prettier.cjs"),
    "--write",
    file,
  ]);
}
