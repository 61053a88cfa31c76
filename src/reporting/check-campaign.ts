/** What no single file can know: whether the files of a campaign fit each other. */
import { weekdayOf } from "../core/clock";
import type { campaignSchema, Holiday, Line, Template } from "./campaign";
import { nominalDays } from "./periods";
import type { z } from "zod";
import type { Path } from "./yaml-file";
import { faultText, type RosterRow } from "./read-roster";
import { faultsBeside } from "./unit-faults";

/** Says that something is wrong at a place of the file in hand. */
export type Note = (path: Path, message: string) => void;

type Settings = z.infer<typeof campaignSchema>;

export interface Surroundings {
  readonly folder: string;
  readonly templateIds: ReadonlySet<string>;
  /** Null when the rosters could not be read. */
  readonly rows: readonly Pick<RosterRow, "unit">[] | null;
}

type Rows = NonNullable<Surroundings["rows"]>;

const SATURDAY = 6;

export function checkCampaign(settings: Settings, around: Surroundings, note: Note): void {
  if (settings.id !== around.folder)
    note(["id"], `id is "${settings.id}" but the folder is "${around.folder}"`);
  checkSpan(settings, [], note);
  settings.phases.forEach((phase, i) => checkSpan(phase, ["phases", i], note));
  repeated(settings.lines.map(({ id }) => id)).forEach((i) =>
    note(["lines", i, "id"], `there are two lines "${settings.lines[i]?.id}"`),
  );
  settings.lines.forEach((line, i) => {
    const noteLine: Note = (path, message) => note(["lines", i, ...path], `line ${line.id}: ${message}`);
    checkLine(line, settings, noteLine);
    if (!around.templateIds.has(line.template))
      noteLine(["template"], `there is no template "${line.template}"`);
    if (around.rows !== null) checkParties(line, around.rows, noteLine);
  });
  if (around.rows === null) return;
  if (!isOnRoster(around.rows, settings.office))
    note(["office"], `the office "${settings.office}" is on no roster`);
  for (const i of circling(settings.lines, around.rows))
    note(
      ["lines", i, "receiver"],
      `line ${settings.lines[i]?.id}: its receiver reports back to its own reporters`,
    );
}

const isOnRoster = (rows: Rows, code: string): boolean => rows.some(({ unit }) => unit.code === code);

function checkSpan(span: { startsOn: string; endsOn: string }, path: Path, note: Note): void {
  if (span.endsOn < span.startsOn) note([...path, "endsOn"], "endsOn is before startsOn");
}

function checkLine(line: Line, settings: Settings, note: Note): void {
  checkSpan(line, [], note);
  line.phases.forEach((phase, i) => checkSpan(phase, ["phases", i], note));
  repeated(line.daysOff.map(({ day }) => day)).forEach((i) =>
    note(["daysOff", i, "day"], `${line.daysOff[i]?.day} is there twice`),
  );
  if (line.startsOn < settings.startsOn || line.endsOn > settings.endsOn)
    note(["startsOn"], "it lies outside the campaign");
  else if (nominalDays(line).length === 0) note(["weekday"], "no due day lies between startsOn and endsOn");
  // A period opens when the quiet hours end: it must be due later on the same day at the earliest.
  if (line.dueTime <= settings.quietHours.to) note(["dueTime"], "it is due before the quiet hours end");
  repeated(line.reminders).forEach((i) =>
    note(["reminders", i], `the reminder "${line.reminders[i]}" is named twice`),
  );
}

function checkParties(line: Line, rows: Rows, note: Note): void {
  if (!isOnRoster(rows, line.receiver)) note(["receiver"], `the receiver "${line.receiver}" is on no roster`);
  line.reporters.groups.forEach((group, i) => {
    if (!rows.some(({ unit }) => unit.group === group))
      note(["reporters", "groups", i], `no unit is in the group "${group}"`);
  });
  line.reporters.units.forEach((code, i) => {
    if (!isOnRoster(rows, code)) note(["reporters", "units", i], `the unit "${code}" is on no roster`);
  });
  const named = owing(line, rows, false);
  line.reporters.except.forEach((code, i) => {
    if (!named.includes(code))
      note(["reporters", "except", i], `the unit "${code}" does not report here anyway`);
  });
  const reporters = owing(line, rows, true);
  if (reporters.length === 0) note(["reporters"], "nobody reports here");
  if (reporters.includes(line.receiver)) note(["receiver"], "the receiver reports to itself");
}

function owing(line: Line, rows: Rows, withoutExcepted: boolean): string[] {
  const { groups, units, except } = line.reporters;
  return rows
    .map(({ unit }) => unit)
    .filter(({ code, group }) => groups.includes(group) || units.includes(code))
    .filter(({ code }) => !withoutExcepted || !except.includes(code))
    .map(({ code }) => code);
}

/** Lines from which, going up from receiver to receiver, one comes back to the line itself. */
function circling(lines: readonly Line[], rows: Rows): number[] {
  const reporters = lines.map((line) => new Set(owing(line, rows, true)));
  const above = (from: number) => {
    const receiver = lines[from]?.receiver ?? "";
    // A receiver on its own line is told so plainly elsewhere.
    return lines.flatMap((_, to) => (to !== from && reporters[to]?.has(receiver) === true ? [to] : []));
  };
  return lines.flatMap((_, start) => {
    const reached = new Set<number>();
    const queue = above(start);
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      queue.push(...above(next));
    }
    return reached.has(start) ? [start] : [];
  });
}

export function checkTemplate(template: Template, fileId: string, note: Note): void {
  if (template.id !== fileId) note(["id"], `id is "${template.id}" but the file is "${fileId}.yaml"`);
  const fields = new Map(template.fields.map((field) => [field.id, field]));
  repeated(template.fields.map(({ id }) => id)).forEach((i) =>
    note(["fields", i, "id"], `there are two fields "${template.fields[i]?.id}"`),
  );
  template.fields.forEach(({ id, min, max, usual }, i) => {
    if (min !== undefined && max !== undefined && max < min)
      note(["fields", i, "max"], `field ${id}: max is below min`);
    if (usual !== undefined && usual.high < usual.low)
      note(["fields", i, "usual"], `field ${id}: high is below low`);
  });
  template.sumRules.forEach((rule, i) => {
    for (const end of ["part", "whole"] as const)
      if (fields.get(rule[end])?.type !== "integer")
        note(["sumRules", i, end], `"${rule[end]}" is no number of this template`);
  });
}

export function checkHolidays(days: readonly Holiday[], note: Note): void {
  repeated(days.map(({ day }) => day)).forEach((i) =>
    note(["days", i, "day"], `${days[i]?.day} is there twice`),
  );
  days.forEach(({ day, kind }, i) => {
    if (kind === "work" && weekdayOf(day) < SATURDAY)
      note(["days", i, "kind"], `${day} is a working day already`);
  });
}

/** Faults of rows that only show beside the other rows. */
export function checkRoster(
  rows: readonly RosterRow[],
  note: (row: RosterRow, message: string) => void,
): void {
  const first = new Map<string, RosterRow>();
  for (const row of rows) {
    const before = first.get(row.unit.code);
    if (before === undefined) first.set(row.unit.code, row);
    else note(row, `the code "${row.unit.code}" is already in ${before.file}:${before.line}`);
  }
  const units = new Map([...first].map(([code, { unit }]) => [code, unit]));
  for (const row of rows)
    faultsBeside(row.unit, units).forEach((fault) => note(row, faultText(row.unit, fault)));
}

/** The places at which something stands that has stood before. */
const repeated = (items: readonly string[]): number[] =>
  items.flatMap((item, i) => (items.indexOf(item) < i ? [i] : []));
