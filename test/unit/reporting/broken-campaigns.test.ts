/** The museum: every broken campaign of the folder, with the exact sentences that the loader must say. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { CampaignProblems, loadCampaign } from "../../../src/reporting/load-campaign";

const MUSEUM = join(__dirname, "..", "..", "fixtures", "broken-campaigns");
const caseSchema = z.strictObject({
  edits: z.array(z.strictObject({ file: z.string(), find: z.string(), replace: z.string() })),
  remove: z.array(z.string()).default([]),
  expected: z.array(z.string()).min(1),
});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "campaign-"));
  cpSync(join(MUSEUM, "base"), folder, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function problemsOf(): string[] {
  try {
    loadCampaign(folder, "demo");
  } catch (error) {
    if (!(error instanceof CampaignProblems)) throw error;
    return error.problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  }
  return [];
}

describe("a broken campaign is told all that is wrong with it:", () => {
  test.each(readdirSync(join(MUSEUM, "cases")))("%s", (name) => {
    const { edits, remove, expected } = caseSchema.parse(
      parse(readFileSync(join(MUSEUM, "cases", name), "utf8")),
    );
    for (const { file, find, replace } of edits) {
      const text = readFileSync(join(folder, file), "utf8");
      expect(text).toContain(find);
      writeFileSync(join(folder, file), text.replace(find, replace));
    }
    for (const file of remove) rmSync(join(folder, file));
    expect(problemsOf()).toEqual(expected);
  });
});

test("the campaign they are made from is in order", () => {
  expect(problemsOf()).toEqual([]);
});

test("the error says everything in one message", () => {
  rmSync(join(folder, "calendar", "holidays.yaml"));
  expect(() => loadCampaign(folder, "demo")).toThrow(
    "the campaign demo has 1 problem(s):\n  calendar/holidays.yaml:1: there is no such file",
  );
});

test("a campaign that does not exist", () => {
  expect(() => loadCampaign(folder, "mo")).toThrow("campaigns/mo/campaign.yaml:1: there is no such file");
});
