import { z } from "zod";
import type { ApiPorts } from "../ports";
import { jsonEndpoint, uploadEndpoint, type Endpoint } from "./endpoint";
import { id, search } from "./inputs";
import { listOf, rosterImport, unit } from "./shapes";

/** A roster as CSV or as a spreadsheet. */
export const ROSTER_MEDIA = ["text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"];
/** What the import is called on record where the caller names no file. */
const NO_FILE_NAME = "roster";

export const unitEndpoints = (ports: Pick<ApiPorts, "searchUnits" | "importUnits">): Endpoint[] => [
  jsonEndpoint({
    method: "get",
    path: "/units",
    summary: "Units by name without regard to accents, by group and by parent",
    input: z.object({
      query: z.object({ query: search.optional(), group: search.optional(), parent: id.optional() }),
    }),
    output: listOf(unit),
    handle: async ({ query }) => ({ items: await ports.searchUnits(query) }),
  }),
  uploadEndpoint({
    method: "post",
    path: "/units/import",
    summary: "Units from a roster file over those of the campaign; with `dryRun=1` only what would change",
    input: z.object({
      query: z.object({ dryRun: z.enum(["0", "1"]).default("0"), file: search.optional() }),
    }),
    takes: ROSTER_MEDIA,
    output: rosterImport,
    handle: ({ query: { dryRun, file = NO_FILE_NAME } }, bytes) =>
      ports.importUnits({ bytes, fileName: file, dryRun: dryRun === "1" }),
  }),
];
