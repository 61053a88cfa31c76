/** The program's schedule as it starts: nothing in memory, only what is in the database. */
import { createAgenda, type Agenda } from "../../src/app/agenda";
import type { MovableClock } from "../../src/core/clock";
import { silentLog } from "../../src/core/log";
import type { Campaign } from "../../src/reporting/campaign";
import type { Store } from "../../src/store/database";
import { aKnowledge } from "./builders";
import { ledgerIds } from "./ledger";

export const anAgenda = (store: Store, clock: MovableClock, campaign: Campaign): Agenda =>
  createAgenda(
    { store, clock, ids: ledgerIds, log: silentLog, campaign, knowledge: aKnowledge({}) },
    (_name, _ttlMs, work) => work(),
    () => undefined,
  );
