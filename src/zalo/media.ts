/** Files that people sent, fetched from where the platform keeps them and from nowhere else. */
import { sha256Hex } from "../core/ids";
import type { ZaloClient } from "./client";
import { typeOf } from "./media-types";
import { isLoopback, type ZaloSettings } from "./settings";

export type MediaOutcome =
  | { readonly kind: "got"; readonly bytes: Buffer; readonly mime: string; readonly sha256: string }
  /** The address may answer later. */
  | { readonly kind: "later"; readonly reason: string }
  | {
      readonly kind: "never";
      readonly reason: "bad-address" | "foreign-host" | "too-large" | "bad-type" | "gone";
    };

export type FetchMedia = (address: string) => Promise<MediaOutcome>;

/** Hosts of the platform's own files; every one of their subdomains counts. */
const MEDIA_DOMAINS = ["zdn.vn", "zadn.vn", "zalo.me", "zaloapp.com"];
/** Phones send pictures of a few MB and files up to this size. */
const MAX_MEDIA_BYTES = 20 * 1024 * 1024;
/** The platform's file hosts hand over to each other once, sometimes twice. */
const MAX_MOVES = 3;
const SERVER_ERROR = 500;

const isPlatformHost = (url: URL): boolean =>
  url.port === "" &&
  MEDIA_DOMAINS.some((domain) => url.hostname === domain || url.hostname.endsWith(`.${domain}`));

/** The address as it may be fetched; null when it leads elsewhere. Plain http is upgraded. */
function allowed(
  address: string,
  base: string | undefined,
  mayBeLocal: boolean,
): URL | "bad-address" | "foreign-host" {
  if (!URL.canParse(address, base)) return "bad-address";
  const url = new URL(address, base);
  const isHttp = url.protocol === "https:" || url.protocol === "http:";
  if (!isHttp || url.username !== "" || url.password !== "") return "bad-address";
  // The pretend platform serves its files where it answers calls.
  if (mayBeLocal && isLoopback(url)) return url;
  if (!isPlatformHost(url)) return "foreign-host";
  url.protocol = "https:";
  return url;
}

/** Fetches files within the limits of host, size and type. Never throws. */
export function createFetchMedia(
  settings: Pick<ZaloSettings, "apiUrl">,
  client: Pick<ZaloClient, "fetch">,
): FetchMedia {
  const mayBeLocal = isLoopback(new URL(settings.apiUrl));
  return async (address) => {
    let target: string = address;
    let base: string | undefined;
    for (let moves = 0; moves <= MAX_MOVES; moves++) {
      const url = allowed(target, base, mayBeLocal);
      if (typeof url === "string") return { kind: "never", reason: url };
      const fetched = await client.fetch(url, MAX_MEDIA_BYTES);
      switch (fetched.kind) {
        case "moved":
          target = fetched.to;
          base = url.toString();
          continue;
        case "too-large":
          return { kind: "never", reason: "too-large" };
        case "failed":
          return fetched.status === null || fetched.status >= SERVER_ERROR
            ? { kind: "later", reason: fetched.reason }
            : { kind: "never", reason: "gone" };
        case "bytes": {
          const mime = typeOf(fetched.bytes);
          if (mime === null) return { kind: "never", reason: "bad-type" };
          return { kind: "got", bytes: fetched.bytes, mime, sha256: sha256Hex(fetched.bytes) };
        }
      }
    }
    return { kind: "never", reason: "foreign-host" };
  };
}
