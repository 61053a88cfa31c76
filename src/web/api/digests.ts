import { z } from "zod";
import type { ApiPorts, DigestFormat } from "../ports";
import { documentEndpoint, jsonEndpoint, type Endpoint } from "./endpoint";
import { id } from "./inputs";
import { digest, listOf } from "./shapes";

type Ports = Pick<ApiPorts, "listDigests" | "renderDigest">;

const DOCUMENTS: readonly { format: DigestFormat; media: string; summary: string }[] = [
  { format: "pdf", media: "application/pdf", summary: "A digest as a printable document" },
  {
    format: "docx",
    media: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    summary: "A digest as a document to be edited",
  },
  {
    format: "xlsx",
    media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    summary: "A digest as a spreadsheet, unit by unit",
  },
  { format: "png", media: "image/png", summary: "A digest's chart" },
];

export const digestEndpoints = (ports: Ports): Endpoint[] => [
  jsonEndpoint({
    method: "get",
    path: "/digests",
    summary: "Frozen digests; the same bytes for ever",
    input: z.object({ query: z.object({ line: id.optional(), period: id.optional() }) }),
    output: listOf(digest),
    refusals: [404],
    handle: async ({ query }) => ({ items: await ports.listDigests(query) }),
  }),
  ...DOCUMENTS.map(({ format, media, summary }) =>
    documentEndpoint({
      method: "get",
      path: `/digests/{id}.${format}`,
      summary,
      input: z.object({ params: z.object({ id }) }),
      media,
      refusals: [404],
      handle: async ({ params }) => ({
        fileName: `${params.id}.${format}`,
        bytes: await ports.renderDigest(params.id, format),
      }),
    }),
  ),
];
