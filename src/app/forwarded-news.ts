/** "đã vào bản tổng hợp": whoever handed in a report hears once that it has left. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { shortInstant, type Instant } from "../core/clock";
import type { NewsItem } from "../messaging/inbox";
import type { Campaign } from "../reporting/campaign";
import type { FrozenDigest } from "../reporting/digests";
import { groupBy } from "../reporting/group-by";
import { lineOf } from "../reporting/periods";
import { receiverName, unitName } from "../reporting/roster";
import { rowsOf, type Db } from "../store/database";
import { appWording } from "./wording.vi";

/** One piece of news for each person whose unit's report is in the digest; several units share one. */
export async function forwardedNews(
  db: Db,
  campaign: Campaign,
  digest: FrozenDigest,
  now: Instant,
): Promise<NewsItem[]> {
  const rows = await rowsOf(
    db,
    sql`select r.person_id as "personId", o.unit_code as "unitCode", o.id as "obligationId" from obligations o
      join reports r on r.obligation_id = o.id and r.version = o.version
      join persons p on p.id = r.person_id and p.forgotten_at is null
      where o.line = ${digest.line} and o.period = ${digest.period} and o.exempt_reason is null order by o.unit_code`,
    z.object({ personId: z.string(), unitCode: z.string(), obligationId: z.string() }),
  );
  const byPerson = groupBy(rows, ({ personId }) => personId);
  const receiver = receiverName(campaign, lineOf(campaign, digest.line));
  return [...byPerson].map(([personId, own]) => {
    const names = own.map(({ unitCode }) => unitName(campaign, unitCode)).join(", ");
    const [only, second] = own;
    return {
      personId,
      key: `forwarded:${digest.id}:${personId}`,
      news: {
        kind: "report-forwarded",
        text: appWording.forwarded(names, digest.id, receiver, shortInstant(now)),
        ...(only === undefined || second !== undefined ? {} : { obligationId: only.obligationId }),
      },
    };
  });
}
