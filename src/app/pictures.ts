/** Pictures that messages name: `digest:<id>` is the chart of a frozen digest. */
import { loadDigest } from "../reporting/digests";
import { renderDigest } from "../reporting/documents/render";
import type { Db } from "../store/database";
import type { UploadFile } from "../zalo/client";

const DIGEST = /^digest:(.+)$/;

/** Null when there is no such picture. */
export async function drawPicture(db: Db, name: string): Promise<UploadFile | null> {
  const id = DIGEST.exec(name)?.[1];
  const digest = id === undefined ? null : await loadDigest(db, id);
  if (digest === null || id === undefined) return null;
  const { bytes, mime } = await renderDigest(digest, "png");
  return { name: `${id}.png`, mime, bytes: Buffer.from(bytes) };
}
