/** Nobody watches a figure that is not there: dashboard and alert rules against what the program tells. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { GAUGES } from "../../../src/web/gauge-list";
import { createMetrics } from "../../../src/web/metrics";

const FOLDER = join(__dirname, "..", "..", "..", "docs", "dashboards");
const read = (file: string): string => readFileSync(join(FOLDER, file), "utf8");
const dashboard = z
  .object({
    panels: z.array(z.object({ id: z.number(), targets: z.array(z.object({ expr: z.string() })).min(1) })),
  })
  .parse(JSON.parse(read("cau-noi.json")));
const rules = z
  .object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({
            alert: z.string(),
            expr: z.string(),
            annotations: z.object({ summary: z.string().min(5), description: z.string().min(5) }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(read("alerts.yml")))
  .groups.flatMap((group) => group.rules);

const expressions = [
  ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ...rules.map(({ expr }) => expr),
];
const named = new Set(expressions.flatMap((expr) => expr.match(/\b(?:cau_noi|process)_[a-z_]+\b/g) ?? []));

async function told(): Promise<Map<string, string>> {
  const text = await createMetrics([]).text();
  return new Map([...text.matchAll(/^# HELP (\S+) (.+)$/gm)].map(([, name = "", help = ""]) => [name, help]));
}

test("every figure they name is told, under the name they use", async () => {
  const figures = await told();
  const missing = [...named].filter((name) => !figures.has(name.replace(/_bucket$/, "")));
  expect(missing).toEqual([]);
});

test("every figure of ours is explained and shown", async () => {
  const figures = await told();
  const ours = [...figures].filter(([name]) => name.startsWith("cau_noi_"));
  expect(ours.length).toBeGreaterThan(Object.keys(GAUGES).length);
  expect(ours.filter(([, help]) => help.length < 10)).toEqual([]);
  expect(
    ours.map(([name]) => name).filter((name) => !named.has(name) && !named.has(`${name}_bucket`)),
  ).toEqual([]);
});

test("rules and panels have names of their own", () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
});
