/** Events that ask for a person's attention: what operators are told, in their language. */
import type { ZaloEvent } from "./event-shape";
import {
  ACCOUNT_QUOTA_CHANGED,
  PERMISSION_REVOKED,
  TEMPLATE_CHANGED,
  TEMPLATE_QUALITY_CHANGED,
  TEMPLATE_QUOTA_CHANGED,
} from "./wording.vi";

type Alarm = (event: ZaloEvent) => string;

const figure = (value: number | undefined): string =>
  value === undefined ? "?" : value.toLocaleString("vi");

const ALARMS: ReadonlyMap<string, Alarm> = new Map<string, Alarm>([
  ["permission_revoked", () => PERMISSION_REVOKED],
  [
    "change_oa_daily_quota",
    ({ quota }) => ACCOUNT_QUOTA_CHANGED(figure(quota?.prev_value), figure(quota?.new_value)),
  ],
  [
    "change_template_quota",
    ({ template_id, quota }) =>
      TEMPLATE_QUOTA_CHANGED(template_id ?? "?", figure(quota?.prev_value), figure(quota?.new_value)),
  ],
  [
    "change_template_quality",
    ({ template_id, quality }) => TEMPLATE_QUALITY_CHANGED(template_id ?? "?", quality?.new_quality ?? "?"),
  ],
  [
    "change_template_status",
    ({ template_id, status, reason }) =>
      TEMPLATE_CHANGED(template_id ?? "?", status?.new_status ?? "?", reason),
  ],
]);

/** What operators must hear of this event; nothing for daily life. */
export function alarmOf(event: ZaloEvent): { alarm?: string } {
  const alarm = ALARMS.get(event.event_name);
  return alarm === undefined ? {} : { alarm: alarm(event) };
}
