/** A frozen digest in the forms that offices pass on. */
import type { DigestContent } from "../digest-content";
import { docxOf } from "./docx";
import { pdfOf } from "./pdf";
import { pngOf } from "./png";
import { reportOf } from "./report.vi";
import { xlsxOf } from "./xlsx";

export type DigestFormat = "pdf" | "docx" | "xlsx" | "png";

export interface RenderedDigest {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** What a document is made from: the frozen content and the hash it is known by. */
export interface RenderableDigest {
  readonly content: DigestContent;
  readonly sha256: string;
}

const MIME: Readonly<Record<DigestFormat, string>> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  png: "image/png",
};

/** Makes the document; the libraries that draw it are loaded the first time one is asked for. */
export async function renderDigest(digest: RenderableDigest, format: DigestFormat): Promise<RenderedDigest> {
  return { mime: MIME[format], bytes: await bytesOf(digest, format) };
}

async function bytesOf({ content, sha256 }: RenderableDigest, format: DigestFormat): Promise<Uint8Array> {
  switch (format) {
    case "pdf":
      return pdfOf(reportOf(content, { sha256 }), content.frozenAt);
    case "docx":
      return docxOf(reportOf(content, { sha256 }));
    case "xlsx":
      return xlsxOf(content, { sha256 });
    case "png":
      return pngOf(content);
  }
}
