/**
 * The platform's error codes and what each asks for. The same number means different things on different hosts,
 * so the table is keyed by family as well: `oa` for messages, uploads and quotas, `zns` for templates by phone,
 * `oauth` for tokens. Two codes have a second meaning on calls that are not made here and are listed once.
 */

export type Family = "oa" | "zns" | "oauth";

export type Kind =
  /** The access token is void: refresh once, repeat once. */
  | "token"
  /** This minute's calls are used up. */
  | "rate"
  /** Worth a few tries. */
  | "temporary"
  /** Not before the person writes again. */
  | "window"
  /** As `window`, and paid sending is not possible: somebody should know. */
  | "no-funds"
  /** Not between 22:00 and 06:00. */
  | "night"
  /** A quota that renews by itself, at the earliest with the day. */
  | "next-day"
  /** This person cannot be written to. */
  | "person"
  /** This request is wrong and stays wrong. */
  | "request"
  /** Account, app or grant is not set up for it: an operator has to act. */
  | "setup"
  | "unknown";

type Row = readonly [code: number, name: string, kind: Kind];

const OA: readonly Row[] = [
  [-32, "RATE_LIMITED", "rate"],
  [-100, "ATTACHMENT_EXPIRED", "request"],
  [-200, "SEND_FAILED", "temporary"],
  [-201, "PARAM_INVALID", "request"],
  [-204, "OA_DISABLED", "setup"],
  [-205, "OA_NOT_FOUND", "setup"],
  [-209, "APP_NOT_ACTIVATED", "setup"],
  [-210, "PARAM_OVER_LIMIT", "request"],
  [-211, "OUT_OF_QUOTA", "next-day"],
  [-212, "API_NOT_REGISTERED", "setup"],
  [-213, "NOT_FOLLOWER", "person"],
  [-214, "ARTICLE_PROCESSING", "temporary"],
  [-216, "TOKEN_INVALID", "token"],
  [-217, "USER_BLOCKED_INVITE", "person"],
  [-218, "RECIPIENT_QUOTA_EXCEEDED", "window"],
  [-219, "APP_REMOVED", "setup"],
  [-220, "TOKEN_EXPIRED", "token"],
  [-221, "OA_NOT_VERIFIED", "setup"],
  [-223, "OA_NOT_AUTHORIZED", "setup"],
  [-224, "OA_PACKAGE_REQUIRED", "setup"],
  [-227, "USER_INACTIVE_OR_BANNED", "person"],
  [-230, "NO_INTERACTION_7_DAYS", "window"],
  [-232, "NO_INTERACTION_OR_EXPIRED", "window"],
  [-233, "MESSAGE_TYPE_UNSUPPORTED", "request"],
  [-234, "NIGHT_RESTRICTION", "night"],
  [-235, "OA_TYPE_UNSUPPORTED", "setup"],
  [-237, "GROUP_DISABLED", "request"],
  [-238, "ASSET_UNAVAILABLE", "request"],
  [-240, "V2_MESSAGE_API_CLOSED", "request"],
  [-241, "ASSET_ALREADY_USED", "request"],
  [-242, "APPSECRET_PROOF_INVALID", "setup"],
  [-244, "USER_RESTRICTED_MESSAGE_TYPE", "person"],
  [-248, "POLICY_VIOLATION", "request"],
  [-249, "TEMPLATE_NOT_FOR_UID", "request"],
  [-320, "ZCA_NOT_LINKED", "no-funds"],
  [-321, "ZCA_NO_BALANCE", "no-funds"],
  [-403, "OA_NOT_IN_GROUP", "request"],
  [-1340, "FORM_NOT_FOUND", "request"],
  [-1341, "FORM_NO_ACCESS", "setup"],
];

const ZNS: readonly Row[] = [
  [-100, "ZNS_UNKNOWN_ERROR", "temporary"],
  [-101, "ZNS_APP_INVALID", "setup"],
  [-102, "ZNS_APP_NOT_FOUND", "setup"],
  [-103, "ZNS_APP_NOT_ACTIVATED", "setup"],
  [-104, "ZNS_APP_SECRET_INVALID", "setup"],
  [-105, "ZNS_APP_NOT_LINKED", "setup"],
  [-106, "ZNS_METHOD_UNSUPPORTED", "request"],
  [-107, "ZNS_MESSAGE_ID_INVALID", "request"],
  [-108, "ZNS_PHONE_INVALID", "person"],
  [-109, "ZNS_TEMPLATE_ID_INVALID", "request"],
  [-1091, "ZNS_TEMPLATE_NOT_EDITABLE", "request"],
  [-110, "ZNS_CLIENT_VERSION_OLD", "person"],
  [-111, "ZNS_TEMPLATE_DATA_EMPTY", "request"],
  [-112, "ZNS_TEMPLATE_DATA_INVALID", "request"],
  [-1121, "ZNS_PARAM_TOO_LONG", "request"],
  [-1122, "ZNS_PARAM_MISSING", "request"],
  [-1123, "ZNS_QR_FAILED", "temporary"],
  [-1124, "ZNS_PARAM_FORMAT", "request"],
  [-113, "ZNS_BUTTON_INVALID", "request"],
  [-1131, "ZNS_BUTTON_CONTENT_INVALID", "request"],
  [-1132, "ZNS_BUTTON_UNKNOWN", "unknown"],
  [-114, "ZNS_USER_CANNOT_RECEIVE", "person"],
  [-115, "ZNS_NO_BALANCE", "setup"],
  [-116, "ZNS_TEXT_INVALID", "request"],
  [-117, "ZNS_TEMPLATE_FORBIDDEN", "setup"],
  [-118, "ZNS_ACCOUNT_NOT_FOUND", "person"],
  [-119, "ZNS_ACCOUNT_CANNOT_RECEIVE", "person"],
  [-120, "ZNS_FEATURE_FORBIDDEN", "setup"],
  [-1201, "ZNS_TAG3_FORBIDDEN", "setup"],
  [-1202, "ZNS_MEDIA_FORBIDDEN", "setup"],
  [-121, "ZNS_BODY_EMPTY", "request"],
  [-122, "ZNS_BODY_NOT_JSON", "request"],
  [-123, "ZNS_RSA_DECODE_FAILED", "request"],
  [-124, "ZNS_TOKEN_INVALID", "token"],
  [-1241, "ZNS_APPSECRET_PROOF_INVALID", "setup"],
  [-125, "ZNS_OA_ID_INVALID", "request"],
  [-126, "ZNS_DEV_WALLET_EMPTY", "setup"],
  [-127, "ZNS_TEST_ADMIN_ONLY", "setup"],
  [-128, "ZNS_ENCODING_KEY_NOT_FOUND", "request"],
  [-129, "ZNS_RSA_KEYGEN_FAILED", "temporary"],
  [-130, "ZNS_CONTENT_TOO_LONG", "request"],
  [-131, "ZNS_TEMPLATE_NOT_APPROVED", "setup"],
  [-132, "ZNS_PARAM_INVALID", "request"],
  [-133, "ZNS_NIGHT_RESTRICTION", "night"],
  [-134, "ZNS_OPT_IN_PENDING", "person"],
  [-135, "ZNS_OA_NOT_ALLOWED", "setup"],
  [-1351, "ZNS_OA_BLOCKED", "setup"],
  [-136, "ZNS_ZCA_REQUIRED", "setup"],
  [-137, "ZNS_ZCA_CHARGE_FAILED", "setup"],
  [-138, "ZNS_APP_FORBIDDEN", "setup"],
  [-1381, "ZNS_EXTENSION_ZCA_FORBIDDEN", "setup"],
  [-139, "ZNS_USER_REFUSED_TYPE", "person"],
  [-140, "ZNS_USER_NOT_ELIGIBLE", "person"],
  [-141, "ZNS_USER_REFUSED_OA", "person"],
  [-142, "ZNS_RSA_KEY_MISSING", "request"],
  [-143, "ZNS_RSA_KEY_EXISTS", "request"],
  [-144, "ZNS_DAILY_QUOTA", "next-day"],
  [-1441, "ZNS_MONTHLY_PROMO_QUOTA", "setup"],
  [-145, "ZNS_CONTENT_TYPE_FORBIDDEN", "setup"],
  [-146, "ZNS_TEMPLATE_DISABLED_QUALITY", "setup"],
  [-147, "ZNS_TEMPLATE_DAILY_QUOTA", "next-day"],
  [-1471, "ZNS_USER_MONTHLY_FOLLOWUP_QUOTA", "request"],
  [-1472, "ZNS_USER_DAILY_PROMO_QUOTA", "next-day"],
  [-148, "ZNS_JOURNEY_TOKEN_NOT_FOUND", "request"],
  [-149, "ZNS_JOURNEY_TOKEN_INVALID", "request"],
  [-1491, "ZNS_JOURNEY_TOKEN_TYPE", "request"],
  [-150, "ZNS_JOURNEY_TOKEN_EXPIRED", "request"],
  [-151, "ZNS_NOT_E2EE_TEMPLATE", "request"],
  [-152, "ZNS_E2EE_KEY_FAILED", "unknown"],
  [-153, "ZNS_DATA_SPEC_VIOLATION", "request"],
  [-158, "ZNS_FILE_TOO_LARGE", "request"],
  [-159, "ZNS_FILE_FORMAT", "request"],
  [-160, "ZNS_ADMIN_QUOTA", "next-day"],
  [-161, "ZNS_SENDING_MODE_VALUE", "request"],
  [-162, "ZNS_SENDING_MODE_TAG", "request"],
];

const OAUTH: readonly Row[] = [
  [-14002, "OAUTH_APP_ID_INVALID", "setup"],
  [-14003, "OAUTH_REDIRECT_URI_INVALID", "request"],
  [-14012, "OAUTH_UNKNOWN_14012", "unknown"],
  [-14014, "OAUTH_REFRESH_TOKEN_REJECTED", "setup"],
  [-14024, "OAUTH_UNKNOWN_14024", "unknown"],
];

interface KnownError {
  readonly name: string;
  readonly kind: Kind;
}

const byCode = (rows: readonly Row[]): ReadonlyMap<number, KnownError> =>
  new Map(rows.map(([code, name, kind]) => [code, { name, kind }]));

const TABLE: Readonly<Record<Family, ReadonlyMap<number, KnownError>>> = {
  oa: byCode(OA),
  zns: byCode(ZNS),
  oauth: byCode(OAUTH),
};

/** What is known about a code; a code nobody has listed is `unknown`. */
export const knownError = (family: Family, code: number): KnownError =>
  TABLE[family].get(code) ?? { name: "UNLISTED", kind: "unknown" };

const BY_NAME: ReadonlyMap<string, Kind> = new Map(
  [...OA, ...ZNS, ...OAUTH].map(([, name, kind]) => [name, kind]),
);

/** What kind of refusal stands in a delivery's reason (`-230 NO_INTERACTION_7_DAYS`); null for reasons of our own. */
export const kindOfReason = (reason: string): Kind | null =>
  BY_NAME.get(/^-\d+ (\w+)$/.exec(reason)?.[1] ?? "") ?? null;
