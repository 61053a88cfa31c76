/** `own-data:<person>`: everything kept about a person, as a file for them alone. */
import { asDate, type Clock } from "../core/clock";
import { loadOwnData } from "../people/own-data";
import { printPdf } from "../reporting/documents/pdf";
import type { Db } from "../store/database";
import type { UploadFile } from "../zalo/client";
import { ownDataText } from "./own-data.vi";

export interface OwnDataParts {
  /** The office that answers for the data. */
  readonly office: string;
  /** A sealed number with all but its last digits hidden; null where it does not open. */
  readonly masked: (sealed: string) => string | null;
  readonly clock: Clock;
}

const TEXT_PT = 11;
const TITLE_PT = 15;
const GAP_PT = 6;

/** Null for somebody unknown or forgotten. */
export async function printOwnData(
  db: Db,
  personId: string,
  { office, masked, clock }: OwnDataParts,
): Promise<UploadFile | null> {
  const data = await loadOwnData(db, personId);
  if (data === null) return null;
  const { phoneSealed } = data.person;
  const phone = phoneSealed === null ? null : masked(phoneSealed);
  const now = clock.now();
  const { title, intro, parts } = ownDataText(data, { office, phone, now });
  const bytes = await printPdf({
    pageSize: "A4",
    defaultStyle: { font: "Serif", fontSize: TEXT_PT },
    info: { title, creationDate: asDate(now), modDate: asDate(now) },
    content: [
      { text: title, fontSize: TITLE_PT, bold: true, alignment: "center", margin: [0, 0, 0, GAP_PT] },
      { text: intro, italics: true, margin: [0, 0, 0, GAP_PT] },
      ...parts.flatMap((part) => [
        {
          text: part.title,
          bold: true,
          margin: [0, GAP_PT, 0, GAP_PT / 2] as [number, number, number, number],
        },
        { ul: [...part.lines] },
      ]),
    ],
  });
  return { name: "du-lieu-cua-toi.pdf", mime: "application/pdf", bytes: Buffer.from(bytes) };
}
