/** What a digest says about itself before any figure: of which line, by whom, to whom. */
import { codeFrom } from "../core/ids";
import type { Campaign, Line } from "./campaign";
import type { DigestContent } from "./digest-content";
import { feedersOf } from "./periods";
import { receiverName, unitName, unitsByCode } from "./roster";

type Heading = Pick<DigestContent, "id" | "campaign" | "line" | "receiver" | "letterhead">;

/** The code of the digest of a line and period: `TH-…`, always the same one. */
export const digestCode = (campaign: Campaign, line: string, period: string): string =>
  codeFrom("TH", campaign.id, line, period);

/** The heading of the line's digest for one period. */
export function headingOf(campaign: Campaign, line: Line, period: string): Heading {
  const { id, name, title, document } = campaign;
  const receiver = line.receiver;
  return {
    id: digestCode(campaign, line.id, period),
    campaign: { id, name, title, document },
    line: { id: line.id, name: line.name },
    receiver: {
      code: receiver,
      name: unitName(campaign, receiver),
      desk: receiverName(campaign, line),
    },
    letterhead: letterheadOf(campaign, line),
  };
}

function letterheadOf(campaign: Campaign, line: Line): DigestContent["letterhead"] {
  const parent = unitsByCode(campaign).get(line.receiver)?.parentCode ?? null;
  const upward = campaign.lines.find((other) => feedersOf(campaign, other).includes(line));
  const above = parent === null ? null : unitName(campaign, parent);
  const addressee = upward === undefined ? null : unitName(campaign, upward.receiver);
  const names = [unitName(campaign, line.receiver), above, addressee];
  return { above, addressee, place: names.map(placeIn).find((place) => place !== null) ?? null };
}

/** "UBND xã Chương Dương" is written in Chương Dương. */
const placeIn = (name: string | null): string | null =>
  /(?:^|\s)(?:xã|phường|đặc khu|thành phố|tỉnh)\s+(.+)$/iu.exec(name ?? "")?.[1] ?? null;
