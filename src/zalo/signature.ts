/**
 * Whether a webhook is authentic. The platform signs `first term + raw body + timestamp + secret` with a plain
 * SHA-256. Sources differ on the first term and on the secret, so every documented reading is tried, unless
 * settings name one, and the one that matched is told: it can be counted, and the others dropped one day.
 */
import { createHash, timingSafeEqual, type Hash } from "node:crypto";
import type { ZaloSettings } from "./settings";

export type SignatureSettings = Pick<
  ZaloSettings,
  "appId" | "appSecret" | "oaId" | "oaSecretKey" | "signature"
>;
export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface SignatureMatch {
  readonly secret: "oa-secret-key" | "app-secret";
  readonly firstTerm: "app-id" | "oa-id";
  readonly timestamp: "body" | "header";
}

const SIGNATURE_HEADER = "x-zevent-signature";
const TIMESTAMP_HEADER = "x-zevent-timestamp";
const MAC = /^\s*(?:mac\s*=)?\s*([0-9a-f]{64})\s*$/i;
const DIGITS = /^\s*(\d{1,20})\s*$/;
/** A quote inside a text is escaped, so this never matches what a person wrote. */
const BODY_TIMESTAMP = /"timestamp"\s*:\s*"?(\d{1,20})/g;
/** The envelope's own timestamp and a few nested ones; each more costs four hashes. */
const MAX_BODY_TIMESTAMPS = 3;

interface Term<T> {
  readonly name: T;
  readonly value: string;
}

function headerOf(headers: WebhookHeaders, name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : (value?.[0] ?? "");
}

function timestampsOf(rawBytes: Buffer, headers: WebhookHeaders): Term<SignatureMatch["timestamp"]>[] {
  const found = Array.from(
    rawBytes.toString("latin1").matchAll(BODY_TIMESTAMP),
    ([, digits]) => digits ?? "",
  );
  const inHeader = DIGITS.exec(headerOf(headers, TIMESTAMP_HEADER))?.[1];
  return [
    ...[...new Set(found)].slice(0, MAX_BODY_TIMESTAMPS).map((value) => ({ name: "body", value }) as const),
    ...(inHeader === undefined ? [] : [{ name: "header", value: inHeader } as const]),
  ];
}

export type Verify = (rawBytes: Buffer, headers: WebhookHeaders) => SignatureMatch | null;

/**
 * Tells the reading under which bytes are authentic; null when there is none. Looks at bytes only, parses nothing.
 * The reading that matched last comes first, and where it matches again the others are not tried: the platform signs
 * in one way. Whatever it does not match is judged to the end, so how long that takes tells nothing about which
 * reading came close.
 */
export function createVerify(settings: SignatureSettings): Verify {
  const { signature = {} } = settings;
  const isTaken = ({ name }: Term<string>, only: string | undefined) => only === undefined || only === name;
  const firstTerms: Term<SignatureMatch["firstTerm"]>[] = [
    { name: "app-id", value: settings.appId },
    { name: "oa-id", value: settings.oaId },
  ];
  const secrets: Term<SignatureMatch["secret"]>[] = [
    { name: "oa-secret-key", value: settings.oaSecretKey },
    { name: "app-secret", value: settings.appSecret },
  ];
  const readings = firstTerms
    .filter((term) => isTaken(term, signature.firstTerm))
    .flatMap((firstTerm) =>
      secrets
        .filter((term) => isTaken(term, signature.secret))
        .map((secret): Pair => ({ firstTerm, secret })),
    );
  let usual: Pair | undefined;
  return (rawBytes, headers) => {
    const mac = MAC.exec(headerOf(headers, SIGNATURE_HEADER))?.[1];
    if (mac === undefined) return null;
    const given = Buffer.from(mac, "hex");
    const timestamps = timestampsOf(rawBytes, headers);
    /** The bytes may be many: they are hashed once for each first term, whatever follows. */
    const begun = new Map<Pair["firstTerm"], Hash>();
    const judged = (reading: Pair): SignatureMatch | null => {
      const { firstTerm } = reading;
      const hash = begun.get(firstTerm) ?? createHash("sha256").update(firstTerm.value).update(rawBytes);
      begun.set(firstTerm, hash);
      return matchOf(reading, hash, timestamps, given);
    };
    const first = usual;
    const again = first === undefined ? null : judged(first);
    if (again !== null) return again;
    let match: SignatureMatch | null = null;
    for (const reading of readings) {
      const found = reading === first ? null : judged(reading);
      if (found === null || match !== null) continue;
      match = found;
      usual = reading;
    }
    return match;
  };
}

interface Pair {
  readonly firstTerm: Term<SignatureMatch["firstTerm"]>;
  readonly secret: Term<SignatureMatch["secret"]>;
}

/** Whether what `begun` has hashed is signed in this way, with whichever timestamp. */
function matchOf(
  { firstTerm, secret }: Pair,
  begun: Hash,
  timestamps: readonly Term<SignatureMatch["timestamp"]>[],
  given: Buffer,
): SignatureMatch | null {
  let match: SignatureMatch | null = null;
  for (const timestamp of timestamps) {
    const expected = begun.copy().update(timestamp.value).update(secret.value).digest();
    const reading = { secret: secret.name, firstTerm: firstTerm.name, timestamp: timestamp.name };
    if (timingSafeEqual(expected, given)) match ??= reading;
  }
  return match;
}
