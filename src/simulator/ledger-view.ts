/** One line and one period of the obligation ledger, as the page shows it filling. */
import type { Instant } from "../core/clock";
import { refused } from "../core/errors";
import type { DigestRow, LineRow, ObligationRow, PeriodRow, SimulatorPorts } from "./ports";
import { WORDING } from "./wording.vi";

export interface LedgerView {
  readonly lines: readonly LineRow[];
  readonly periods: readonly PeriodRow[];
  readonly line: string | null;
  readonly period: string | null;
  readonly rows: readonly ObligationRow[];
  readonly digests: readonly DigestRow[];
}

/** The newest period that has opened; before the first one, the first. */
export const currentPeriod = (periods: readonly PeriodRow[], now: Instant): PeriodRow | undefined =>
  periods.findLast(({ opensAt }) => opensAt <= now) ?? periods[0];

type LedgerPorts = Pick<SimulatorPorts, "clock" | "lines" | "periods" | "obligations" | "digests">;

/** The line and period asked for; the first line and the current period where nothing is asked for. */
export async function viewLedger(
  ports: LedgerPorts,
  asked: { line?: string | undefined; period?: string | undefined },
): Promise<LedgerView> {
  const lines = await ports.lines();
  const line = asked.line === undefined ? lines[0] : lines.find(({ id }) => id === asked.line);
  if (line === undefined) {
    if (asked.line !== undefined) throw refused("unknown-line", WORDING.unknownLine);
    return { lines, periods: [], line: null, period: null, rows: [], digests: [] };
  }
  const periods = await ports.periods(line.id);
  const period = periods.find(({ id }) => id === asked.period) ?? currentPeriod(periods, ports.clock.now());
  const shown = { lines, periods, line: line.id, period: period?.id ?? null };
  if (period === undefined) return { ...shown, rows: [], digests: [] };
  const [rows, digests] = await Promise.all([
    ports.obligations(line.id, period.id),
    ports.digests(line.id, period.id),
  ]);
  return { ...shown, rows, digests };
}
