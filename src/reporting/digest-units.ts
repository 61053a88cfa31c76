/** The reports inside a frozen digest, as an officer picks one of its figures in the chat. */
import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "../store/database";
import { digests, memberships, persons } from "../store/tables";
import { parseDigest } from "./digest-content";
import type { Values } from "./values";

/** Structurally the `DigestUnits` of a turn. */
export interface DigestUnits {
  readonly digestId: string;
  readonly fields: readonly { readonly id: string; readonly label: string; readonly type: string }[];
  readonly units: readonly {
    readonly code: string;
    readonly name: string;
    readonly values: Values;
    /** Fields whose figure still has to be checked. */
    readonly marks: readonly string[];
    /** Somebody of the unit takes messages. */
    readonly linked: boolean;
  }[];
}

/** By digest id: the units whose report is in it. Only digests that one of these offices received are opened. */
export async function loadDigestUnits(
  db: Db,
  digestIds: readonly string[],
  officeUnitCodes: readonly string[],
): Promise<ReadonlyMap<string, DigestUnits>> {
  if (digestIds.length === 0 || officeUnitCodes.length === 0) return new Map();
  const rows = await db
    .select({ canonical: digests.canonical })
    .from(digests)
    .where(and(inArray(digests.id, [...digestIds]), inArray(digests.receiverUnitCode, [...officeUnitCodes])));
  if (rows.length === 0) return new Map();
  const linked = await db
    .selectDistinct({ code: memberships.unitCode })
    .from(memberships)
    .innerJoin(persons, eq(persons.id, memberships.personId))
    .where(and(isNull(persons.optedOutAt), isNull(persons.unreachable)));
  const codes = new Set(linked.map(({ code }) => code));
  const views = rows.map(({ canonical }): DigestUnits => {
    const { id, fields, units } = parseDigest(canonical);
    return {
      digestId: id,
      fields: fields.filter(({ type }) => type !== "files"),
      units: units
        .filter(({ version }) => version > 0)
        .map(({ code, name, values, marks }) => ({ code, name, values, marks, linked: codes.has(code) })),
    };
  });
  return new Map(views.map((view) => [view.digestId, view]));
}
