/** What the account is and where its platform answers; read elsewhere, handed in here. */
export interface ZaloSettings {
  readonly appId: string;
  readonly appSecret: string;
  readonly oaId: string;
  /** "Khoá bí mật OA" of the webhook page: another value than the app secret. */
  readonly oaSecretKey: string;
  /** Messages, uploads, quotas: `https://openapi.zalo.me`. */
  readonly apiUrl: string;
  /** Access tokens: `https://oauth.zaloapp.com`. */
  readonly oauthUrl: string;
  /** Template messages by phone: `https://business.openapi.zalo.me`. */
  readonly zbsUrl: string;
  /** The refresh token an administrator was given; later ones live in the database. */
  readonly refreshToken?: string;
  /** Of the readings of a signature that sources describe, the only one that is taken; any of them by default. */
  readonly signature?: {
    readonly secret?: "oa-secret-key" | "app-secret" | undefined;
    readonly firstTerm?: "app-id" | "oa-id" | undefined;
  };
  /** The PKCE verifier behind a link that was made in the developer console. */
  readonly oauthVerifier?: string;
}

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address leads to this machine alone. */
export const isLoopback = (url: URL): boolean => LOOPBACK_HOST.test(url.hostname);
