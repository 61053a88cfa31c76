/** Events that ask for a person's attention: what operators are told, in their language. */
import type { Alarm } from "../core/alarm";
import type { ZaloEvent } from "./event-shape";
import { permissionRevoked } from "./grant-alarms";
import {
  ACCOUNT_QUOTA_CHANGED,
  TEMPLATE_CHANGED,
  TEMPLATE_QUALITY_CHANGED,
  TEMPLATE_QUOTA_CHANGED,
} from "./wording.vi";

const figure = (value: number | undefined): string =>
  value === undefined ? "?" : value.toLocaleString("vi");

/** One change is one cause: the next one is told whenever it comes, the same one reported again is not. */
const change = (event: ZaloEvent, text: string): Alarm => ({
  cause: [event.event_name, event.template_id ?? "account", event.timestamp].join(":"),
  text,
});

const ALARMS: ReadonlyMap<string, (event: ZaloEvent) => Alarm> = new Map<string, (event: ZaloEvent) => Alarm>(
  [
    ["permission_revoked", () => permissionRevoked],
    [
      "change_oa_daily_quota",
      (event) =>
        change(event, ACCOUNT_QUOTA_CHANGED(figure(event.quota?.prev_value), figure(event.quota?.new_value))),
    ],
    [
      "change_template_quota",
      (event) => {
        const { template_id = "?", quota } = event;
        return change(
          event,
          TEMPLATE_QUOTA_CHANGED(template_id, figure(quota?.prev_value), figure(quota?.new_value)),
        );
      },
    ],
    [
      "change_template_quality",
      (event) => {
        const { template_id = "?", quality } = event;
        return change(event, TEMPLATE_QUALITY_CHANGED(template_id, quality?.new_quality ?? "?"));
      },
    ],
    [
      "change_template_status",
      (event) => {
        const { template_id = "?", status, reason } = event;
        return change(event, TEMPLATE_CHANGED(template_id, status?.new_status ?? "?", reason));
      },
    ],
  ],
);

/** What operators must hear of this event; nothing for daily life. */
export function alarmOf(event: ZaloEvent): { alarm?: Alarm } {
  const alarm = ALARMS.get(event.event_name);
  return alarm === undefined ? {} : { alarm: alarm(event) };
}
