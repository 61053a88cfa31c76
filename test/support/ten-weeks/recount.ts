/** Every digest counted again, in the plainest way, from what the chats say. */
import type { Instant } from "../../../src/core/clock";
import type { Campaign } from "../../../src/reporting/campaign";
import { deadlinesOf, keyOf, owing, type Owed } from "./plan-rules";
import type { Played } from "./play";
import { readChats, type Book, type Names, type Values, type Version } from "./read-chats";

export interface Counted {
  readonly counts: Readonly<
    Record<"expected" | "received" | "onTime" | "late" | "nil" | "missing" | "notReached", number>
  >;
  /** Sums that are not 0. */
  readonly totals: Readonly<Record<string, number>>;
  /** What units wrote, with the unit. */
  readonly words: Readonly<Record<string, string>>;
}

export interface Recount {
  readonly books: ReadonlyMap<string, Book>;
  /** One period of one line as it stood just before an instant. */
  readonly count: (line: string, period: string, before: Instant) => Counted;
}

export function recount(campaign: Campaign, { town, exempted, silent }: Played, names: Names): Recount {
  const books = new Map<string, Book>();
  const excused = new Set(exempted.map(keyOf));
  const deadline = (line: string, period: string) => {
    const found = deadlinesOf(campaign, line).find((one) => one.period === period);
    if (found === undefined) throw new Error(`the plan has no ${line} ${period}`);
    return found;
  };

  function count(line: string, period: string, before: Instant): Counted {
    const units = owing(campaign, line, deadline(line, period).day).filter(
      (unitCode) => !excused.has(keyOf({ line, period, unitCode })),
    );
    const seen = units.map((unitCode): [string, readonly Version[]] => [
      unitCode,
      (books.get(keyOf({ line, period, unitCode }))?.versions ?? []).filter(({ at }) => at < before),
    ]);
    const received = seen.filter(([, versions]) => versions.length > 0);
    const newest = received.flatMap(([code, versions]) => {
      const version = versions.at(-1);
      return version === undefined ? [] : [{ code, ...version }];
    });
    const late = received.filter(([, [first]]) => first?.late === true).length;
    return {
      counts: {
        expected: units.length,
        received: received.length,
        onTime: received.length - late,
        late,
        nil: newest.filter(({ nil }) => nil).length,
        missing: units.length - received.length,
        notReached: units.filter((code) => silent.has(code)).length,
      },
      totals: sumOf(newest.map(({ values }) => values)),
      words: Object.fromEntries(
        newest.flatMap(({ code, values }) =>
          typeof values["kho_khan"] === "string" ? [[code, values["kho_khan"]] as const] : [],
        ),
      ),
    };
  }

  /** The sums of the digests that the office has received for the same week. */
  function fromBelow({ unitCode, period }: Owed, now: Instant): Values {
    const received = campaign.lines
      .filter(({ receiver }) => receiver === unitCode)
      .flatMap(({ id }) => deadlinesOf(campaign, id).flatMap((one) => ({ ...one, id })))
      .filter((one) => one.period === period && one.dueAt <= now);
    return sumOf(received.map(({ id, dueAt }) => count(id, period, dueAt).totals));
  }

  const dueAt = ({ line, period }: Owed) => deadline(line, period).dueAt;
  const periodBefore = ({ line, period }: Owed): string => {
    const periods = deadlinesOf(campaign, line).map((one) => one.period);
    return periods[periods.indexOf(period) - 1] ?? "";
  };
  readChats(town, { names, dueAt, periodBefore, fromBelow }, books);
  return { books, count };
}

/** Sums of figures, those of nothing left out. */
function sumOf(all: readonly Values[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const values of all)
    for (const [field, value] of Object.entries(values))
      if (typeof value === "number" && value !== 0) sums[field] = (sums[field] ?? 0) + value;
  return sums;
}
