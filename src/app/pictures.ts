/**
 * What messages name and the program makes: `digest:<id>` is the chart, or the document, of a frozen digest;
 * `own-data:<person>` everything kept about a person, for them alone.
 */
import { loadDigest, type StoredDigest } from "../reporting/digests";
import { renderDigest } from "../reporting/documents/render";
import type { Db } from "../store/database";
import type { UploadFile } from "../zalo/client";
import { printOwnData, type OwnDataParts } from "./own-data-file";

const DIGEST = /^digest:(.+)$/;
const OWN_DATA = /^own-data:(.+)$/;

/** The picture; null when there is no such digest. */
export async function drawPicture(db: Db, name: string): Promise<UploadFile | null> {
  const digest = await digestNamed(db, name);
  if (digest === null) return null;
  const { bytes, mime } = await renderDigest(digest, "png");
  return { name: `${digest.content.id}.png`, mime, bytes: Buffer.from(bytes) };
}

/** The document, named so that it is found again among others; null when there is nothing by that name. */
export async function printFile(db: Db, name: string, own: OwnDataParts): Promise<UploadFile | null> {
  const personId = OWN_DATA.exec(name)?.[1];
  if (personId !== undefined) return printOwnData(db, personId, own);
  const digest = await digestNamed(db, name);
  if (digest === null) return null;
  const { id, line, period } = digest.content;
  const { bytes, mime } = await renderDigest(digest, "pdf");
  return { name: `${line.id}-${period.id}-${id}.pdf`, mime, bytes: Buffer.from(bytes) };
}

async function digestNamed(db: Db, name: string): Promise<StoredDigest | null> {
  const id = DIGEST.exec(name)?.[1];
  return id === undefined ? null : loadDigest(db, id);
}
