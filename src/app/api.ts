/** The API's ports, filled by the rooms: each call checks that what is named exists, then asks its room. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { refused } from "../core/errors";
import { countFeedback } from "../knowledge/feedback";
import { listGeneralAnswers, type GeneralAnswer } from "../knowledge/general-answers";
import { entryIdOf } from "../knowledge/live-knowledge";
import { listTickets } from "../knowledge/tickets";
import { createInvitation } from "../people/invitations";
import { listClarifications } from "../reporting/clarifications";
import { listReceipts } from "../reporting/digest-receipts";
import { loadDigest, listDigests, type ListedDigest } from "../reporting/digests";
import { renderDigest } from "../reporting/documents/render";
import { exempt, extend } from "../reporting/extensions";
import {
  getReport,
  listLines,
  listObligations,
  listPeriods,
  searchUnits,
  templateOf,
} from "../reporting/queries";
import { periodsOf } from "../reporting/periods";
import { listAudit, recordDecision } from "../store/audit";
import { rowsOf, type Db } from "../store/database";
import type { ApiPorts, DigestItem, DoctorPort, ExemptionOrder, GeneralAnswerItem } from "../web/ports";
import { backupName, makeBackup } from "./backup";
import { createOfficeActions, type By } from "./office-actions";
import type { Rooms } from "./rooms";
import { appWording } from "./wording.vi";

/** Who did it, in the audit. */
const API_ACTOR = "api";
/** A page of the outbox that a person can still read; narrower filters reach the rest. */
const MAX_DELIVERIES = 500;

/** All but the doctor, what changes the roster, and what looks ahead, which asks the sending policy too. */
export function createApi(
  rooms: Rooms,
  dataDir: string,
  wake: () => void,
): Omit<ApiPorts, "rehearse" | "nextWave" | "importUnits" | keyof DoctorPort> {
  const { store, clock, ids, campaign, knowledge } = rooms;
  const named = namesOf(rooms);
  let backingUp = false;
  const office = createOfficeActions(rooms);
  /** What an office does by API lands at once, and whoever is to hear of it does. */
  async function act<T>(work: (tx: Db, by: By) => Promise<T>): Promise<T> {
    const now = clock.now();
    await knowledge.refresh(store.db);
    const done = await store.transaction((tx) => work(tx, { actor: API_ACTOR, key: ids.next(now), now }));
    wake();
    return done;
  }

  return {
    searchUnits: (filter) => Promise.resolve([...searchUnits(campaign, filter)]),
    createInvitation: (wanted) =>
      store.transaction(async (tx) => {
        const now = clock.now();
        const invitation = await createInvitation(tx, wanted, now, ids);
        // The code itself stays out of the trail: who reads it could link himself.
        await recordDecision(tx, {
          at: now,
          actor: API_ACTOR,
          action: "invitation-made",
          target: wanted.unitCode,
          details: { role: wanted.role, expiresAt: invitation.expiresAt },
        });
        return invitation;
      }),
    listLines: () => Promise.resolve([...listLines(campaign, clock.now())]),
    getTemplate: (id) => {
      const template = templateOf(campaign, id);
      if (template === undefined) throw refused("unknown-template", appWording.unknown.template(id));
      return Promise.resolve(template);
    },
    listPeriods: async ({ line }) => {
      if (line !== undefined) named.line(line);
      return [...(await listPeriods(store.db, campaign, line))];
    },
    listObligations: async (filter) => {
      named.lineAndPeriod(filter);
      return [...(await listObligations(store.db, filter, clock.now()))];
    },
    getReport: async (of) => {
      named.lineAndPeriod(of);
      named.unit(of.unitCode);
      const report = await getReport(store.db, of, clock.now());
      if (report === null) throw refused("unknown-report", appWording.unknown.report);
      return { ...report, attachments: [...report.attachments], history: [...report.history] };
    },
    listDigests: async (filter) => {
      named.lineAndPeriod(filter);
      return withAnswers(store.db, await listDigests(store.db, filter));
    },
    renderDigest: async (id, format) => {
      const digest = await loadDigest(store.db, id);
      if (digest === null) throw refused("unknown-digest", appWording.unknown.digest(id));
      return (await renderDigest(digest, format)).bytes;
    },
    createExtension: async (order) => {
      named.order(order);
      await store.transaction((tx) => extend(tx, rooms, { ...order, actor: API_ACTOR, at: clock.now() }));
    },
    createExemption: async (order) => {
      named.order(order);
      await store.transaction((tx) => exempt(tx, rooms, { ...order, actor: API_ACTOR, at: clock.now() }));
    },
    listTickets: async (filter) => [...(await listTickets(store.db, filter))],
    replyTicket: (code, text, generalQuestion) =>
      act(async (tx, by) => {
        await office.answer(tx, code, text, by);
        if (generalQuestion !== undefined)
          await office.approve(tx, code, { question: generalQuestion, answer: text }, by);
      }),
    mergeTicket: (code, into) => act((tx, by) => office.merge(tx, code, into, by)),
    declineTicket: (code) => act((tx, by) => office.decline(tx, code, by)),
    listGeneralAnswers: async () => (await listGeneralAnswers(store.db)).map(generalAnswerItem),
    approveAnswer: async (code, words) =>
      generalAnswerItem(await act((tx, by) => office.approve(tx, code, words, by))),
    withdrawAnswer: (code) => act((tx, by) => office.withdraw(tx, code, by)),
    listFeedback: async () => {
      await knowledge.refresh(store.db);
      const counts = await countFeedback(store.db);
      return counts.map((each) => ({ ...each, question: knowledge.entry(each.entryId)?.question ?? null }));
    },
    ask: async ({ text, after }) => {
      await knowledge.refresh(store.db);
      const answer = knowledge.ask(text, after);
      return { ...answer, entryIds: [...answer.entryIds] };
    },
    explain: ({ text, after }) => {
      const { answer, questions } = knowledge.explain(text, after);
      return Promise.resolve({
        answer: { ...answer, entryIds: [...answer.entryIds] },
        questions: questions.map(({ signs, best, ...question }) => ({
          ...question,
          signs: signs === null ? null : { ...signs },
          best: best.map((found) => ({ ...found, fit: { ...found.fit } })),
        })),
      });
    },
    listAudit: async (filter) => [...(await listAudit(store.db, filter))],
    makeBackup: async () => {
      if (backingUp) throw refused("backup-running", appWording.backupRunning);
      backingUp = true;
      const now = clock.now();
      const stream = makeBackup({ store, dataDir, clock });
      stream.once("close", () => (backingUp = false));
      await recordDecision(store.db, { at: now, actor: API_ACTOR, action: "backup", target: campaign.id });
      return { fileName: backupName(now), stream };
    },
    listDeliveries: async ({ status, personId }) => {
      const rows = await rowsOf(
        store.db,
        sql`select id, person_id as "personId", kind, status, attempts, last_error as "lastError",
              created_at as "createdAt", sent_at as "sentAt" from deliveries
            where (${status ?? null}::text is null or status = ${status ?? null})
              and (${personId ?? null}::text is null or person_id = ${personId ?? null})
            order by seq desc limit ${MAX_DELIVERIES}`,
        deliveryRow,
      );
      return rows;
    },
  };
}

/** Digests with what their offices answered to them. */
async function withAnswers(db: Db, digests: readonly ListedDigest[]): Promise<DigestItem[]> {
  const ids = digests.map(({ id }) => id);
  const receipts = await listReceipts(db, ids);
  const asked = await listClarifications(db, ids);
  return digests.map((digest) => ({
    ...digest,
    acknowledged: receipts
      .filter(({ digestId }) => digestId === digest.id)
      .map(({ personId, at }) => ({ by: personId, at })),
    clarifications: asked.filter(({ digestId }) => digestId === digest.id),
  }));
}

const generalAnswerItem = ({ ticketCode, ...answer }: GeneralAnswer): GeneralAnswerItem => ({
  ...answer,
  code: ticketCode,
  entryId: entryIdOf(ticketCode),
});

const optional = <T>(value: T | null): T | undefined => value ?? undefined;
const deliveryRow = z.object({
  id: z.string(),
  personId: z.string(),
  kind: z.enum(["reply", "reminder", "digest", "notice", "card"]),
  status: z.enum(["queued", "sending", "later", "sent", "never", "unknown", "parked"]),
  attempts: z.number(),
  lastError: z.string().nullable().transform(optional),
  createdAt: z.coerce.number(),
  sentAt: z.coerce.number().nullable().transform(optional),
});

/** Refuses what the campaign does not have, so that a misspelt id is not an empty list. */
function namesOf({ campaign }: Rooms) {
  const line = (id: string): void => {
    if (!campaign.lines.some((known) => known.id === id))
      throw refused("unknown-line", appWording.unknown.line(id));
  };
  const unit = (code: string): void => {
    if (!campaign.units.some((known) => known.code === code))
      throw refused("unknown-unit", appWording.unknown.unit(code));
  };
  const lineAndPeriod = (of: {
    readonly line?: string | undefined;
    readonly period?: string | undefined;
  }): void => {
    if (of.line !== undefined) line(of.line);
    const lines = of.line === undefined ? campaign.lines.map(({ id }) => id) : [of.line];
    const known = lines.some((id) => periodsOf(campaign, id).some((period) => period.id === of.period));
    if (of.period !== undefined && !known)
      throw refused("unknown-period", appWording.unknown.period(of.period));
  };
  const order = (of: ExemptionOrder): void => {
    lineAndPeriod(of);
    unit(of.unitCode);
  };
  return { line, unit, lineAndPeriod, order };
}
