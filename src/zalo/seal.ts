/** Keeps tokens and phone numbers unreadable in the database and its backups: AES-256-GCM, keys from the app secret. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Names form and purpose, so that another form can be told apart one day. */
const VERSION = "v1";
/** Each purpose has a key of its own. */
const PURPOSES = { tokens: "cau-noi oa tokens", phones: "cau-noi phone numbers" } as const;

export interface Seal {
  close(plain: string): string;
  /** Null when the text was sealed under another secret, for another account, or was touched. */
  open(sealed: string): string | null;
}

/** `account` is bound into the seal: a row moved to another account does not open. */
export function createSeal(secret: string, account: string, purpose: keyof typeof PURPOSES = "tokens"): Seal {
  const key = Buffer.from(hkdfSync("sha256", secret, account, PURPOSES[purpose], KEY_BYTES));
  return {
    close(plain) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return [VERSION, Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64")].join(".");
    },
    open(sealed) {
      const [version, data] = sealed.split(".");
      if (version !== VERSION || data === undefined) return null;
      const bytes = Buffer.from(data, "base64");
      if (bytes.length < IV_BYTES + TAG_BYTES) return null;
      try {
        const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const body = bytes.subarray(IV_BYTES + TAG_BYTES);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
      } catch {
        return null;
      }
    },
  };
}
