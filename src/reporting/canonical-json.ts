/** JSON in one form only: the same content is the same bytes, whatever order it was put together in. */
import { broken } from "../core/errors";
import { sha256Hex } from "../core/ids";

/** Keys sorted by code unit, texts in NFC, no spaces; anything that JSON would lose or bend is refused. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "string") return JSON.stringify(value.normalize("NFC"));
  if (typeof value === "number") return canonicalNumber(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object") {
    const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
      key.normalize("NFC"),
      item,
    ]);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
  }
  throw broken("not-json", `a ${typeof value} has no place in canonical JSON`);
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw broken("not-json", "only finite numbers have a place in canonical JSON");
  return JSON.stringify(value === 0 ? 0 : value);
}

/** The hash that a frozen record is known by. */
export const hashOf = (canonical: string): string => sha256Hex(canonical);
