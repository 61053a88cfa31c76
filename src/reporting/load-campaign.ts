/** Reads everything of one campaign from the configuration folder, or says all that is wrong with it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import {
  campaignSchema,
  holidaySchema,
  templateSchema,
  type Campaign,
  type Holiday,
  type Template,
} from "./campaign";
import { checkCampaign, checkHolidays, checkRoster, checkTemplate, type Note } from "./check-campaign";
import { CampaignProblems, type Problem } from "./problems";
import { readRoster, type RosterRow } from "./read-roster";
import { readYaml } from "./yaml-file";

export { CampaignProblems } from "./problems";

const HOLIDAYS_FILE = "calendar/holidays.yaml";
const holidaysSchema = z.strictObject({ days: z.array(holidaySchema) });

/** The campaign in `configDir/campaigns/id`, checked and cross-checked; throws `CampaignProblems`. */
export function loadCampaign(configDir: string, id: string): Campaign {
  const reader = new FolderReader(configDir);
  const folder = `campaigns/${id}`;
  const holidays = loadHolidays(reader);
  const templates = loadTemplates(reader, `${folder}/templates`);
  const rows = loadRosters(reader, `${folder}/rosters`);
  const settings = reader.yaml(`${folder}/campaign.yaml`, campaignSchema);
  if (settings !== null) {
    const around = { folder: id, templateIds: new Set(templates.keys()), rows };
    checkCampaign(settings.value, around, settings.note);
  }
  if (settings === null || rows === null || reader.problems.length > 0)
    throw new CampaignProblems(id, reader.sorted());
  return { ...settings.value, templates, units: rows.map(({ unit }) => unit), holidays };
}

function loadHolidays(reader: FolderReader): readonly Holiday[] {
  const file = reader.yaml(HOLIDAYS_FILE, holidaysSchema);
  if (file === null) return [];
  checkHolidays(file.value.days, file.note);
  return file.value.days;
}

function loadTemplates(reader: FolderReader, folder: string): ReadonlyMap<string, Template> {
  const templates = new Map<string, Template>();
  for (const path of reader.list(folder, ".yaml")) {
    const file = reader.yaml(path, templateSchema);
    // A template that is wrong is still one that lines may name: its faults are told once.
    const fileId = basename(path, ".yaml");
    if (file === null) templates.set(fileId, { id: fileId, fields: [], sumRules: [] });
    else {
      checkTemplate(file.value, fileId, file.note);
      templates.set(file.value.id, file.value);
    }
  }
  return templates;
}

/** Null when a file could not be read: then nobody can say which units are missing. */
function loadRosters(reader: FolderReader, folder: string): readonly RosterRow[] | null {
  const rows: RosterRow[] = [];
  let isComplete = true;
  for (const path of reader.list(folder, ".csv")) {
    const read = readRoster(path, reader.text(path) ?? "", reader.problems);
    rows.push(...(read ?? []));
    isComplete &&= read !== null;
  }
  if (!isComplete || rows.length === 0) return null;
  checkRoster(rows, ({ file, line }, message) => reader.problems.push({ file, line, message }));
  return rows;
}

/** Reads files below one folder and gathers what is wrong with them. */
class FolderReader {
  readonly problems: Problem[] = [];

  constructor(private readonly root: string) {}

  /** Paths relative to the root, in the order of the alphabet. */
  list(folder: string, ending: string): string[] {
    const path = join(this.root, folder);
    const names = existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(ending)) : [];
    if (names.length === 0) this.missing(folder, `there is no ${ending} file in this folder`);
    return names.sort().map((name) => `${folder}/${name}`);
  }

  text(file: string): string | null {
    const path = join(this.root, file);
    if (existsSync(path)) return readFileSync(path, "utf8");
    this.missing(file, "there is no such file");
    return null;
  }

  yaml<T>(file: string, schema: z.ZodType<T>): { readonly value: T; readonly note: Note } | null {
    const text = this.text(file);
    if (text === null) return null;
    const read = readYaml(file, text, schema, this.problems);
    if (read.value === null) return null;
    return {
      value: read.value,
      note: (path, message) => {
        this.problems.push({ file, line: read.lineAt(path), message });
      },
    };
  }

  /** By file and line, so that somebody can work through them. */
  sorted(): readonly Problem[] {
    return this.problems.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  }

  private missing(file: string, message: string): void {
    this.problems.push({ file, line: 1, message });
  }
}
