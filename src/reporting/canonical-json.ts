/** JSON in one form only: the same content is the same bytes, whatever order it was put together in. */
import { broken } from "../core/errors";
import { sha256Hex } from "../core/ids";

/**
 * Texts in NFC, no spaces, keys (which are ids and stand as they are) in one order: whole numbers first, as
 * objects keep them, then by code unit. Anything that JSON would lose or bend is refused.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(inOneOrder(value));

/** A copy that JSON writes in one way only; one call for all of it is several times faster than one a piece. */
function inOneOrder(part: unknown): unknown {
  if (typeof part === "string") return part.normalize("NFC");
  if (part === null || typeof part === "boolean") return part;
  if (typeof part === "number") {
    if (Number.isFinite(part)) return part;
    throw broken("not-json", "only finite numbers have a place in canonical JSON");
  }
  if (Array.isArray(part)) return part.map(inOneOrder);
  if (!isObject(part)) throw broken("not-json", `a ${typeof part} has no place in canonical JSON`);
  const keys = Object.keys(part).sort();
  return Object.fromEntries(keys.map((key) => [key, inOneOrder(part[key])]));
}

const isObject = (part: unknown): part is Readonly<Record<string, unknown>> =>
  typeof part === "object" && part !== null;

/** The hash that a frozen record is known by. */
export const hashOf = (canonical: string): string => sha256Hex(canonical);
