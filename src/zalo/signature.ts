/**
 * Whether a webhook is authentic. The platform signs `first term + raw body + timestamp + secret` with a plain
 * SHA-256. Sources differ on the first term and on the secret, so every documented reading is tried, unless
 * settings name one, and the one that matched is told: it can be counted, and the others dropped one day.
 */
import { createHash, timingSafeEqual } from "node:crypto";
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

/** The reading under which the bytes are authentic; null when there is none. Looks at bytes only, parses nothing. */
export function verify(
  rawBytes: Buffer,
  headers: WebhookHeaders,
  settings: SignatureSettings,
): SignatureMatch | null {
  const mac = MAC.exec(headerOf(headers, SIGNATURE_HEADER))?.[1];
  if (mac === undefined) return null;
  const given = Buffer.from(mac, "hex");
  const { signature = {} } = settings;
  const isTaken = (name: string, only: string | undefined) => only === undefined || only === name;
  const firstTerms: Term<SignatureMatch["firstTerm"]>[] = [
    { name: "app-id", value: settings.appId },
    { name: "oa-id", value: settings.oaId },
  ];
  const secrets: Term<SignatureMatch["secret"]>[] = [
    { name: "oa-secret-key", value: settings.oaSecretKey },
    { name: "app-secret", value: settings.appSecret },
  ];
  const timestamps = timestampsOf(rawBytes, headers);
  let match: SignatureMatch | null = null;
  // No early way out: how long this takes tells nothing about which reading came close.
  for (const firstTerm of firstTerms.filter(({ name }) => isTaken(name, signature.firstTerm))) {
    const begun = createHash("sha256").update(firstTerm.value).update(rawBytes);
    for (const secret of secrets.filter(({ name }) => isTaken(name, signature.secret))) {
      for (const timestamp of timestamps) {
        const expected = begun.copy().update(timestamp.value).update(secret.value).digest();
        const reading = { secret: secret.name, firstTerm: firstTerm.name, timestamp: timestamp.name };
        if (timingSafeEqual(expected, given)) match ??= reading;
      }
    }
  }
  return match;
}
