/**
 * The bundled campaign played to its end on a frozen clock: what units hand in, when, and what offices decide is
 * drawn from a seed; the ledger does the rest.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { DAY_MS, HOUR_MS, MINUTE_MS, type Instant } from "../../src/core/clock";
import { seededIds } from "../../src/core/ids";
import type { Campaign } from "../../src/reporting/campaign";
import { freezeDueDigests } from "../../src/reporting/digests";
import { templateOf } from "../../src/reporting/digest-input";
import { exempt, extend } from "../../src/reporting/extensions";
import { openPeriods, syncUnits } from "../../src/reporting/ledger";
import { allPeriods, feedersOf, lineOf } from "../../src/reporting/periods";
import { submitReport } from "../../src/reporting/reports";
import { prefillFor } from "../../src/reporting/rollup";
import type { Values } from "../../src/reporting/values";
import { rowsOf, type Db, type Store } from "../../src/store/database";
import { emptyLedger } from "./ledger";

/** Numbers from 0 to below 1 that depend on the seed alone. */
export type Dice = () => number;

/** The generator of Park and Miller: short, and the same on every machine. */
export function diceOf(seed: number): Dice {
  const [multiplier, modulus] = [48_271, 2_147_483_647];
  let state = (seed * 7_919 + 1) % modulus;
  const roll = () => (state = (state * multiplier) % modulus) / modulus;
  for (let warmUp = 0; warmUp < 10; warmUp++) roll();
  return roll;
}

interface Owed {
  readonly id: string;
  readonly line: string;
  readonly period: string;
  readonly unitCode: string;
  readonly dueAt: Instant;
}

interface Act {
  readonly at: Instant;
  readonly run: (db: Db) => Promise<void>;
}

/** What happened, besides the reports themselves. */
export interface Played {
  readonly extensions: number;
  readonly exemptions: number;
  readonly amendments: number;
  /** Reports of offices made from the digests below. */
  readonly prefilled: readonly Prefilled[];
}

export interface Prefilled {
  readonly unitCode: string;
  readonly values: Values;
}

const owedRow = z.object({
  id: z.string(),
  line: z.string(),
  period: z.string(),
  unitCode: z.string(),
  dueAt: z.coerce.number(),
});

/** Plays every period of every line, from the first opening to the last deadline. */
export async function playCampaign(store: Store, campaign: Campaign, seed: number): Promise<Played> {
  await store.db.execute(sql`delete from digests`);
  await emptyLedger(store.db);
  await syncUnits(store.db, campaign);
  const play = new Play(campaign, diceOf(seed), seed);
  const moments = [...allPeriods(campaign).values()].flat().flatMap(({ opensAt, dueAt }) => [opensAt, dueAt]);
  for (const now of [...new Set(moments)].sort((a, b) => a - b))
    await store.transaction((tx) => play.until(tx, now));
  return play.played;
}

class Play {
  private readonly ids;
  private acts: Act[] = [];
  private readonly known = new Set<string>();
  private readonly log = { extensions: 0, exemptions: 0, amendments: 0 };
  private readonly prefilled: Prefilled[] = [];

  constructor(
    private readonly campaign: Campaign,
    private readonly dice: Dice,
    seed: number,
  ) {
    this.ids = seededIds(seed);
  }

  get played(): Played {
    return { ...this.log, prefilled: this.prefilled };
  }

  /** Everything that people do before `now`, then what falls due at it. */
  async until(db: Db, now: Instant): Promise<void> {
    const due = this.acts.filter(({ at }) => at < now).sort((a, b) => a.at - b.at);
    this.acts = this.acts.filter(({ at }) => at >= now);
    for (const act of due) await act.run(db);
    await openPeriods(db, this.campaign, now, this.ids);
    await freezeDueDigests(db, this.campaign, { dueBy: now, now });
    const owed = await rowsOf(
      db,
      sql`select id, line, period, unit_code as "unitCode", due_at as "dueAt" from obligations
        where due_at > ${now} order by line, unit_code`,
      owedRow,
    );
    for (const one of owed.filter(({ id }) => !this.known.has(id))) {
      this.known.add(one.id);
      this.plan(one, now);
    }
  }

  private chance(part: number): boolean {
    return this.dice() < part;
  }

  private between(from: Instant, to: Instant): Instant {
    return Math.round(from + this.dice() * (to - from));
  }

  private plan(owed: Owed, now: Instant): void {
    const { line, period, unitCode, dueAt } = owed;
    const decision = { line, period, unitCode, reason: "có lý do", actor: "api" };
    if (this.chance(0.02)) {
      const at = now + MINUTE_MS;
      this.acts.push({
        at,
        run: async (db) => {
          this.log.exemptions++;
          await exempt(db, { campaign: this.campaign, ids: this.ids }, { ...decision, at });
        },
      });
      return;
    }
    if (this.chance(0.03)) {
      const at = this.between(now + MINUTE_MS, dueAt - HOUR_MS);
      const until = dueAt + Math.ceil(this.dice() * 3) * DAY_MS;
      this.acts.push({
        at,
        run: async (db) => {
          this.log.extensions++;
          await extend(db, { campaign: this.campaign, ids: this.ids }, { ...decision, at, until });
        },
      });
    }
    if (this.chance(0.15)) return;
    const fed = feedersOf(this.campaign, lineOf(this.campaign, line)).some((f) => f.receiver === unitCode);
    const late = this.chance(0.1);
    const first = late
      ? this.between(dueAt, dueAt + 6 * DAY_MS)
      : this.between(fed ? dueAt - HOUR_MS : now + MINUTE_MS, dueAt - 1);
    this.acts.push({ at: first, run: (db) => this.handIn(db, owed, 0, { at: first, fed }) });
    if (!this.chance(0.1)) return;
    const again = this.between(
      first + MINUTE_MS,
      Math.max(first + HOUR_MS, dueAt + 6 * DAY_MS + 23 * HOUR_MS),
    );
    this.acts.push({ at: again, run: (db) => this.handIn(db, owed, 1, { at: again, fed: false }) });
  }

  private async handIn(
    db: Db,
    owed: Owed,
    seenVersion: number,
    { at, fed }: { readonly at: Instant; readonly fed: boolean },
  ): Promise<void> {
    const nil = !fed && this.chance(0.1);
    const below = fed
      ? (await prefillFor(db, this.campaign, [{ ...owed, obligationId: owed.id }])).get(owed.id)
      : undefined;
    if (below !== undefined) this.prefilled.push({ unitCode: owed.unitCode, values: below });
    const values = nil ? {} : (below ?? this.figures(owed.line));
    const eventKey = `${owed.id}-${seenVersion}`;
    await submitReport(db, {
      ...{ obligationId: owed.id, seenVersion, values, marks: [], nil, at, eventKey },
      code: `BC-${eventKey}`,
      personId: `p-${owed.unitCode}`,
    });
    if (seenVersion > 0) this.log.amendments++;
  }

  private figures(line: string): Values {
    const { fields } = templateOf(this.campaign, lineOf(this.campaign, line));
    const figures = fields.filter(
      ({ type, required }) => type === "integer" && (required || this.chance(0.4)),
    );
    return Object.fromEntries(figures.map(({ id }) => [id, Math.floor(this.dice() * 500)]));
  }
}
