/** Everything the program needs of one Official Account, put together. */
import type { Raise } from "../core/alarm";
import type { Clock } from "../core/clock";
import type { Ids } from "../core/ids";
import type { Log } from "../core/log";
import type { Budget, Channel, Incoming } from "../messaging/ports";
import type { Db } from "../store/database";
import { createChannel, type Templates } from "./channel";
import { createClient, type Timeouts, type UploadFile, type ZaloClient } from "./client";
import { countCalls } from "./counted-client";
import { readEvent } from "./events";
import { createGrants, type Grants } from "./grants";
import { createFetchMedia, type FetchMedia } from "./media";
import { createSeal } from "./seal";
import type { ZaloSettings } from "./settings";
import { createVerify, type Verify } from "./signature";
import { createTokenStore, type Grant } from "./token-store";
import { createTokens, type Lease, type RefreshOutcome, type Tokens } from "./tokens";
import { createUploads } from "./uploads";

export interface ZaloParts {
  readonly settings: ZaloSettings;
  readonly db: Db;
  /** Asks for a call within the minute that all replicas share. */
  readonly budget: Budget;
  readonly withLease: Lease;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Draws the picture a message names (`digest:<id>`); null when there is none. */
  readonly picture: (name: string) => Promise<UploadFile | null>;
  /** Makes the document a message names (`digest:<id>`); null when there is none. */
  readonly file: (name: string) => Promise<UploadFile | null>;
  readonly alarm: Raise;
  readonly onRefresh?: (outcome: RefreshOutcome) => void;
  readonly templates?: Templates;
  readonly timeouts?: Timeouts;
  /** Where the platform sends an administrator's browser back to. */
  readonly callbackUrl: string;
}

export interface Zalo {
  readonly channel: Channel;
  readonly client: ZaloClient;
  readonly tokens: Tokens;
  readonly grants: Grants;
  /** The grant as it is stored; null when there is none. */
  readonly grant: () => Promise<Grant | null>;
  readonly fetchMedia: FetchMedia;
  /** The reading under which these bytes are authentic; null when there is none. */
  readonly verify: Verify;
  /** A sealed number with all but its last three digits hidden; null where it does not open. */
  maskedPhone(sealed: string): string | null;
  /** What an authentic webhook means; null when it is no event. */
  read(rawBody: Buffer): Incoming | null;
}

export function connectZalo(parts: ZaloParts): Zalo {
  const { settings, db, clock, ids, log, alarm, picture, file } = parts;
  const client = countCalls(createClient(settings, parts.timeouts), parts.budget);
  const store = createTokenStore(db, createSeal(settings.appSecret, settings.oaId), settings.oaId);
  const tokens = createTokens({
    settings,
    client,
    store,
    withLease: parts.withLease,
    clock,
    log,
    alarm,
    ...(parts.onRefresh === undefined ? {} : { onRefresh: parts.onRefresh }),
  });
  const phones = createSeal(settings.appSecret, settings.oaId, "phones");
  const uploads = createUploads({ client, tokens, clock });
  return {
    channel: createChannel({
      templates: parts.templates ?? { reminder: undefined, digest: undefined },
      client,
      phones,
      tokens,
      uploads,
      clock,
      ids,
      log,
      picture,
      file,
      alarm,
    }),
    client,
    tokens,
    grant: () => store.read(),
    grants: createGrants({
      settings,
      client,
      tokens,
      db,
      clock,
      ids,
      log,
      callbackUrl: parts.callbackUrl,
    }),
    fetchMedia: createFetchMedia(settings, client),
    verify: createVerify(settings),
    read: (rawBody) => readEvent(rawBody, settings.oaId, phones),
    maskedPhone: (sealed) => phones.open(sealed)?.replace(/\d(?=\d{3})/g, "*") ?? null,
  };
}
