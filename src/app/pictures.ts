/** What messages name and the program makes: `digest:<id>` is the chart, or the document, of a frozen digest. */
import { loadDigest, type StoredDigest } from "../reporting/digests";
import { renderDigest } from "../reporting/documents/render";
import type { Db } from "../store/database";
import type { UploadFile } from "../zalo/client";

const DIGEST = /^digest:(.+)$/;

/** The picture; null when there is no such digest. */
export async function drawPicture(db: Db, name: string): Promise<UploadFile | null> {
  const digest = await digestNamed(db, name);
  if (digest === null) return null;
  const { bytes, mime } = await renderDigest(digest, "png");
  return { name: `${digest.content.id}.png`, mime, bytes: Buffer.from(bytes) };
}

/** The document, named so that it is found again among others; null when there is no such digest. */
export async function printFile(db: Db, name: string): Promise<UploadFile | null> {
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
