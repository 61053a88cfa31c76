/** A grant that went through is counted, ends the alarms that asked for it, and lets go what waited for it. */
import type { Metrics } from "../web/metrics";
import type { GrantPort } from "../web/ports";
import { GRANT_CAUSES } from "../zalo/grant-alarms";
import type { Alarms } from "./alarm";
import { WATCH } from "./watch.vi";

export const countGrants = (
  grants: GrantPort,
  alarms: Pick<Alarms, "clear">,
  metrics: Pick<Metrics, "grantEnded">,
  onGranted: () => Promise<void>,
): GrantPort => ({
  callbackUrl: grants.callbackUrl,
  begin: () => grants.begin(),
  async finish(answer) {
    const outcome = await grants.finish(answer);
    metrics.grantEnded(outcome.kind);
    if (outcome.kind === "granted") {
      for (const cause of GRANT_CAUSES) await alarms.clear(cause, WATCH.granted);
      await onGranted();
    }
    return outcome;
  },
});
