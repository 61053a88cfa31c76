/**
 * Calls that go beside a message, on top of the one its sender asked for: quotas and uploads. They count against
 * the minute that all replicas share, so each asks first; the grant, the doctor and downloads are too few to.
 */
import type { Budget } from "../messaging/ports";
import type { Reply, ZaloClient } from "./client";

/** The reason of a call that was not made because the minute's calls are spent. */
export const NO_CALLS_LEFT = "rate-budget";

export function countCalls(client: ZaloClient, budget: Budget): ZaloClient {
  // What they stand beside is under way already: they do not wait behind waves.
  const asked = async <T>(call: () => Promise<Reply<T>>): Promise<Reply<T>> =>
    (await budget("reply")).ok ? call() : { kind: "not-sent", reason: NO_CALLS_LEFT };
  return {
    ...client,
    userQuota: (token, userId) => asked(() => client.userQuota(token, userId)),
    packageQuota: (token) => asked(() => client.packageQuota(token)),
    upload: (token, kind, file) => asked(() => client.upload(token, kind, file)),
  };
}
