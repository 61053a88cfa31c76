/** The bundled campaign played to its end: who does what and when is drawn from a seed; the program does the rest. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import {
  addDays,
  at,
  DAY_MS,
  dayOf,
  HOUR_MS,
  MINUTE_MS,
  SECOND_MS,
  type Instant,
} from "../../../src/core/clock";
import type { Campaign } from "../../../src/reporting/campaign";
import { exempt } from "../../../src/reporting/extensions";
import { syncUnits } from "../../../src/reporting/ledger";
import { allPeriods, feedersOf, lineOf } from "../../../src/reporting/periods";
import { rowsOf, type Store } from "../../../src/store/database";
import { chance, diceOf, type Dice } from "../dice";
import { linkPerson } from "../ledger";
import * as people from "./people";
import type { Errand } from "./people";
import { openTown, SHORT, type Town } from "./town";

export interface Exempted {
  readonly line: string;
  readonly period: string;
  readonly unitCode: string;
}

export interface Played {
  readonly town: Town;
  readonly exempted: readonly Exempted[];
  /** Units of which nobody ever linked. */
  readonly silent: ReadonlySet<string>;
}

/** Before the first period opens. */
const START = at("2025-11-26", "06:00");
/** People take up their phones at these times of the day; the deadline falls into the middle of one. */
const HOURS = ["09:59", "16:59"] as const;
/** Between a person's message and the next. */
const PAUSE_MS = 15 * SECOND_MS;

const officerOf = (unitCode: string): string => `officer-${unitCode}`;
/** One unit in so many, twelve in all, goes the whole way of its messages, as all offices do. */
const WHOLE_WAY = 30;
/** Ids of one seed never meet those of the next. */
const SEED_STEP = 1_000_003;

export async function playTenWeeks(store: Store, campaign: Campaign, seed: number): Promise<Played> {
  const dice = diceOf(seed);
  const town = openTown(store, campaign, { start: START, seed: seed * SEED_STEP });
  await syncUnits(store.db, campaign);
  const offices = new Set(campaign.lines.map(({ receiver }) => receiver));
  const reporters = new Map<string, string>();
  const silent = new Set<string>();
  for (const [i, { code }] of campaign.units.entries()) {
    if (offices.has(code)) await link(store, officerOf(code), code, "staff");
    else if (chance(dice, 0.02)) silent.add(code);
    else {
      const user = `${i % WHOLE_WAY === 0 ? "whole-" : SHORT}${code}`;
      reporters.set(code, user);
      await link(store, user, code, "reporter");
    }
  }
  const game = new Game(town, campaign, dice, reporters);
  await game.play();
  return { town, exempted: game.exempted, silent };
}

async function link(store: Store, user: string, unitCode: string, role: "reporter" | "staff"): Promise<void> {
  await linkPerson(store.db, { id: user, unitCode, role, linkedAt: START });
  await store.db.execute(sql`update persons set address = ${user} where id = ${user}`);
}

const owedRow = z.object({
  id: z.string(),
  line: z.string(),
  period: z.string(),
  unitCode: z.string(),
  dueAt: z.coerce.number(),
});
type Owed = z.infer<typeof owedRow>;

interface Planned {
  readonly at: Instant;
  readonly errand: () => Errand;
}

class Game {
  readonly exempted: Exempted[] = [];
  private planned: Planned[] = [];
  private readonly known = new Set<string>();
  private readonly read = new Map<string, number>();

  constructor(
    private readonly town: Town,
    private readonly campaign: Campaign,
    private readonly dice: Dice,
    private readonly reporters: ReadonlyMap<string, string>,
  ) {}

  async play(): Promise<void> {
    const last = Math.max(...[...allPeriods(this.campaign).values()].flat().map(({ dueAt }) => dueAt));
    for (let day = dayOf(START); day <= dayOf(last + DAY_MS); day = addDays(day, 1)) {
      for (const hour of HOURS) {
        await this.town.moveTo(at(day, hour));
        await this.look();
        await this.run();
      }
    }
  }

  /** What has opened is planned for; officers read what has come. */
  private async look(): Promise<void> {
    const now = this.town.clock.now();
    const owed = await rowsOf(
      this.town.store.db,
      sql`select id, line, period, unit_code as "unitCode", due_at as "dueAt" from obligations
        where due_at > ${now} order by line, period, unit_code`,
      owedRow,
    );
    for (const one of owed.filter(({ id }) => !this.known.has(id))) {
      this.known.add(one.id);
      await this.plan(one, now);
    }
    for (const { receiver } of this.campaign.lines) this.readMail(officerOf(receiver), now);
  }

  private async plan(owed: Owed, now: Instant): Promise<void> {
    const { id: obligationId, line, period, unitCode, dueAt } = owed;
    const { dice, campaign, town } = this;
    if (chance(dice, 0.02)) {
      const decision = { line, period, unitCode, reason: "có lý do", actor: "api", at: now };
      await exempt(town.store.db, { campaign, ids: town.ids }, decision);
      this.exempted.push({ line, period, unitCode });
      return;
    }
    const isOffice = feedersOf(campaign, lineOf(campaign, line)).some((f) => f.receiver === unitCode);
    const user = this.reporters.get(unitCode);
    // An office waits for its digest.
    if (isOffice || user === undefined) return;
    const told = { user, obligationId, dice };
    const week = dueAt + 6 * DAY_MS;
    if (chance(dice, 0.05)) this.add(now, dueAt - HOUR_MS, () => people.askingForTime(told));
    if (chance(dice, 0.07)) this.add(now, dueAt, () => people.leaving(told));
    if (chance(dice, 0.13)) return;
    const first = chance(dice, 0.12) ? this.between(dueAt, week) : this.between(now, dueAt);
    this.add(first, first, () => this.report(told));
    if (chance(dice, 0.1)) this.add(first + MINUTE_MS, week, () => people.amending(told));
  }

  /** Requests for more time are decided; the newest digest goes up once it can, or is forgotten. */
  private readMail(officer: string, now: Instant): void {
    const { dice } = this;
    const lines = this.town.chat(officer);
    const from = this.read.get(officer) ?? 0;
    this.read.set(officer, lines.length);
    for (const line of lines.slice(from)) {
      if (line.by === "person") continue;
      for (const button of line.message.buttons ?? []) {
        if (!("tap" in button)) continue;
        const tap = chance(dice, 0.7) ? button.tap : button.tap.replace("ext.grant", "ext.refuse");
        if (button.title === "Đồng ý") this.add(now, now, () => people.pressing(officer, tap));
        const obligationId = button.tap.split(" ")[1] ?? "";
        if (button.title.startsWith("Gửi lên") && line.kind === "digest" && chance(dice, 0.85))
          this.add(now, now, () => people.sendingUp({ user: officer, obligationId, dice }));
      }
    }
  }

  private report(told: people.Told): Errand {
    const { dice } = this;
    if (chance(dice, 0.12)) return people.nothing(told);
    return chance(dice, 0.15) ? people.copying(told) : people.reporting(told);
  }

  private between(from: Instant, to: Instant): Instant {
    return Math.round(from + this.dice() * Math.max(0, to - from));
  }

  private add(from: Instant, to: Instant, errand: () => Errand): void {
    this.planned.push({ at: this.between(from, to), errand });
  }

  /** Everything planned up to now: everybody writes, hears and writes on; one errand of a person after the other. */
  private async run(): Promise<void> {
    const { town } = this;
    const due = this.planned.filter(({ at: instant }) => instant <= town.clock.now());
    this.planned = this.planned.filter(({ at: instant }) => instant > town.clock.now());
    const waiting = due.toSorted((a, b) => a.at - b.at).map(({ errand }) => errand());
    const busy = new Map<string, Errand>();
    for (;;) {
      for (const errand of [...waiting])
        if (!busy.has(errand.user)) {
          busy.set(errand.user, errand);
          waiting.splice(waiting.indexOf(errand), 1);
        }
      const leaving: string[] = [];
      const spoken = [...busy].flatMap(([user, errand]) => {
        const text = errand.next(town.heard(user));
        if (text === null) {
          busy.delete(user);
          leaving.push(user);
        }
        return text === null ? [] : [{ user, text }];
      });
      await town.leave(leaving);
      if (spoken.length === 0 && waiting.length === 0) return;
      await town.say(spoken);
      await town.moveTo(town.clock.now() + PAUSE_MS);
    }
  }
}
