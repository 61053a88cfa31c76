/** Alarms about the grant: nothing is sent until a person acts, so they are told again within the working day. */
import type { Alarm } from "../core/alarm";
import { HOUR_MS } from "../core/clock";
import { GRANT_MISSING, GRANT_REFUSED, PERMISSION_REVOKED, TOKEN_EXPIRING } from "./wording.vi";

const quietMs = 4 * HOUR_MS;

export const grantRefused: Alarm = { cause: "zalo-grant-refused", text: GRANT_REFUSED, quietMs };
export const grantMissing: Alarm = { cause: "zalo-grant-missing", text: GRANT_MISSING, quietMs };
export const permissionRevoked: Alarm = {
  cause: "zalo-permission-revoked",
  text: PERMISSION_REVOKED,
  quietMs,
};
export const tokenExpiring: Alarm = { cause: "zalo-token-expiring", text: TOKEN_EXPIRING, quietMs };

/** What a new grant puts right. */
export const GRANT_CAUSES: readonly string[] = [
  grantRefused,
  grantMissing,
  permissionRevoked,
  tokenExpiring,
].map(({ cause }) => cause);
