/** More time for one unit, or no report at all: asked for, decided, and always in the audit. */
import { and, eq } from "drizzle-orm";
import type { Instant } from "../core/clock";
import { refused } from "../core/errors";
import type { Ids } from "../core/ids";
import { recordDecision, type Decision as Noted } from "../store/audit";
import type { Db } from "../store/database";
import { extensions, obligations } from "../store/tables";
import type { Campaign } from "./campaign";
import { addObligations, obligationRow, owingIn } from "./ledger";
import { ledgerWording } from "./ledger-wording.vi";
import { periodsOf } from "./periods";

type Obligation = typeof obligations.$inferSelect;

export interface ExtensionRequest {
  readonly id: string;
  readonly obligationId: string;
  readonly until: Instant;
  readonly reason: string;
  readonly personId: string;
  readonly at: Instant;
}

/** Notes that somebody asks for more time; nothing moves until it is granted. */
export async function askExtension(db: Db, request: ExtensionRequest): Promise<void> {
  const { id, obligationId, until, reason, personId, at } = request;
  const added = await db
    .insert(extensions)
    .values({ id, obligationId, until, reason, state: "asked", askedBy: personId, at })
    .onConflictDoNothing()
    .returning({ id: extensions.id });
  if (added.length > 0)
    await note(
      db,
      { at, actor: personId, action: "extension-asked", target: obligationId },
      { id, until, reason },
    );
}

export interface Decision {
  readonly id: string;
  /** Person id of the officer, or `api`. */
  readonly actor: string;
  readonly at: Instant;
}

export interface Decided {
  readonly obligationId: string;
  readonly line: string;
  readonly period: string;
  readonly unitCode: string;
  readonly until: Instant;
  /** Who asked; null when an office gave the time unasked. */
  readonly askedBy: string | null;
}

/** Moves the unit's own deadline, and its closing by as much. Throws `refused` when it was decided before. */
export async function grantExtension(db: Db, decision: Decision): Promise<Decided> {
  const { extension, obligation } = await decide(db, decision, "granted");
  await moveDeadline(db, obligation, extension.until);
  return decided(extension, obligation);
}

/** Leaves the deadline where it is. Throws `refused` when it was decided before. */
export async function refuseExtension(db: Db, decision: Decision): Promise<Decided> {
  const { extension, obligation } = await decide(db, decision, "refused");
  return decided(extension, obligation);
}

type Extension = typeof extensions.$inferSelect;

async function decide(
  db: Db,
  { id, actor, at }: Decision,
  state: "granted" | "refused",
): Promise<{ readonly extension: Extension; readonly obligation: Obligation }> {
  const [extension] = await db
    .update(extensions)
    .set({ state, decidedBy: actor, decidedAt: at })
    .where(and(eq(extensions.id, id), eq(extensions.state, "asked")))
    .returning();
  if (extension === undefined) throw refused("extension-decided", ledgerWording.notWaiting);
  const [obligation] = await db
    .select()
    .from(obligations)
    .where(eq(obligations.id, extension.obligationId))
    .for("update");
  if (obligation === undefined) throw refused("obligation-unknown", ledgerWording.unknownObligation);
  const { until, reason } = extension;
  await note(db, { at, actor, action: `extension-${state}`, target: obligation.id }, { id, until, reason });
  return { extension, obligation };
}

const decided = ({ until, askedBy }: Extension, { id, line, period, unitCode }: Obligation): Decided => ({
  obligationId: id,
  line,
  period,
  unitCode,
  until,
  askedBy,
});

/** Time given before stays given: a deadline only ever moves back. */
async function moveDeadline(db: Db, obligation: Obligation, until: Instant): Promise<void> {
  if (until <= obligation.dueAt) return;
  const closesAt = obligation.closesAt + (until - obligation.dueAt);
  await db.update(obligations).set({ dueAt: until, closesAt }).where(eq(obligations.id, obligation.id));
}

/** What an office decides on its own about one unit in one period. */
export interface OfficeDecision {
  readonly line: string;
  readonly period: string;
  readonly unitCode: string;
  readonly reason: string;
  readonly actor: string;
  readonly at: Instant;
}

/** An office gives a unit more time without having been asked. Works before the period opens, too. */
export async function extend(
  db: Db,
  { campaign, ids }: { readonly campaign: Campaign; readonly ids: Ids },
  decision: OfficeDecision & { readonly until: Instant },
): Promise<Decided> {
  const { actor, at, reason, until } = decision;
  const obligation = await obligationFor(db, campaign, ids, decision);
  if (until <= obligation.dueAt)
    throw refused("extension-not-later", ledgerWording.notLater(obligation.dueAt));
  const id = ids.next(at);
  const extension: Extension = {
    id,
    obligationId: obligation.id,
    until,
    reason,
    state: "granted",
    askedBy: null,
    decidedBy: actor,
    at,
    decidedAt: at,
  };
  await db.insert(extensions).values(extension);
  await moveDeadline(db, obligation, until);
  await note(db, { at, actor, action: "extension-granted", target: obligation.id }, { id, until, reason });
  return decided(extension, obligation);
}

/** The unit no longer owes this report. Works before the period opens, too; not once a report is there. */
export async function exempt(
  db: Db,
  { campaign, ids }: { readonly campaign: Campaign; readonly ids: Ids },
  decision: OfficeDecision,
): Promise<void> {
  const { actor, at, reason } = decision;
  const obligation = await obligationFor(db, campaign, ids, decision);
  if (obligation.version > 0) throw refused("already-reported", ledgerWording.alreadyReported);
  await db.update(obligations).set({ exemptReason: reason }).where(eq(obligations.id, obligation.id));
  await note(db, { at, actor, action: "exempted", target: obligation.id }, { reason });
}

/** The unit's row of the ledger, written early where the period has not opened yet. */
async function obligationFor(
  db: Db,
  campaign: Campaign,
  ids: Ids,
  { line, period: periodId, unitCode, at }: OfficeDecision,
): Promise<Obligation> {
  const period = periodsOf(campaign, line).find(({ id }) => id === periodId);
  const owes = period !== undefined && owingIn(campaign, period).some(({ code }) => code === unitCode);
  // A period that has opened has its rows; only one that is still to come is written early.
  if (owes && period.opensAt > at) await addObligations(db, [obligationRow(period, unitCode, ids.next(at))]);
  const [row] = await db
    .select()
    .from(obligations)
    .where(
      and(eq(obligations.line, line), eq(obligations.period, periodId), eq(obligations.unitCode, unitCode)),
    )
    .for("update");
  if (row === undefined) throw refused("obligation-unknown", ledgerWording.unknownObligation);
  return row;
}

const note = (
  db: Db,
  head: Omit<Noted, "details">,
  details: Readonly<Record<string, string | number>>,
): Promise<void> => recordDecision(db, { ...head, details });
