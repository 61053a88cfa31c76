/** What the whole program is told about where and how it runs; made once at start and never changed. */
import type { Instant } from "../core/clock";

/** The account and its platform's addresses, without a slash at the end. */
export interface ZaloAccess {
  readonly appId: string;
  readonly appSecret: string;
  readonly oaId: string;
  readonly oaSecretKey: string;
  readonly apiUrl: string;
  readonly zbsUrl: string;
  readonly oauthUrl: string;
  /** The first refresh token; later ones live in the database. */
  readonly refreshToken?: string;
  /** The one reading of webhook signatures that is taken; every documented one where nothing is said. */
  readonly signature: {
    readonly secret: "oa-secret-key" | "app-secret" | undefined;
    readonly firstTerm: "app-id" | "oa-id" | undefined;
  };
  /** The PKCE verifier of a link made in the developer console. */
  readonly oauthVerifier?: string;
}

interface CommonSettings {
  readonly port: number;
  readonly host: string;
  /** An absolute path. */
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly campaign: string;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly adminToken: string;
  /** True when the token was made here: whoever starts the program has to be told. */
  readonly adminTokenMade: boolean;
  readonly templates: { readonly reminder: string | undefined; readonly digest: string | undefined };
  /** The platform's calls in a minute, shared by all replicas. */
  readonly callsPerMinute: number;
  /** How many days each kind of data is kept. */
  readonly keep: {
    readonly messagesDays: number;
    readonly filesDays: number;
    readonly ticketsDays: number;
    readonly auditDays: number;
    readonly silentPeopleDays: number;
  };
  readonly siteVerification: string | undefined;
  /** Where the program's clock starts; undefined = real time. */
  readonly clockStart: Instant | undefined;
  readonly devControl: boolean;
  readonly logLevel: string;
}

/** Live with an account, or with the pretend platform that brings its own. */
export type Settings = CommonSettings &
  ({ readonly mode: "live"; readonly zalo: ZaloAccess } | { readonly mode: "simulator" });
