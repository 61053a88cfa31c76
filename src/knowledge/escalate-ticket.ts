/** A difficulty that an office cannot settle goes to the one above; it waits there for an answer like a new one. */
import { and, eq, ne } from "drizzle-orm";
import type { Db } from "../store/database";
import { tickets } from "../store/tables";

export interface Escalation {
  readonly code: string;
  /** The office that has it now; where another has it already, nothing changes. */
  readonly from: string;
  readonly to: string;
  readonly line: string;
}

/** False where the ticket is closed or no longer with that office. */
export async function escalateTicket(db: Db, { code, from, to, line }: Escalation): Promise<boolean> {
  const moved = await db
    .update(tickets)
    .set({ receiverUnitCode: to, line, status: "open" })
    .where(
      and(
        eq(tickets.code, code),
        eq(tickets.kind, "difficulty"),
        eq(tickets.receiverUnitCode, from),
        ne(tickets.status, "closed"),
      ),
    )
    .returning({ code: tickets.code });
  return moved.length > 0;
}
