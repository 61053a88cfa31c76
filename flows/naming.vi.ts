/** How reports, days, instants and roles are called, the same in every conversation. */
import { dayOf, spokenInstant, weekdayName, weekdayOf, type Day, type Instant } from "../src/core/clock";
import type { MembershipView, ReportView } from "../src/conversation/context";

export const roleNames: Readonly<Record<MembershipView["role"], string>> = {
  reporter: "đầu mối báo cáo",
  staff: "cán bộ tổng hợp",
};

/** `tuần 49`; the year only where a period is not a week. */
export function periodName(period: string): string {
  const week = /^\d{4}-W(\d{2})$/.exec(period);
  return week === null ? `kỳ ${period}` : `tuần ${Number(week[1])}`;
}

const dayAndMonth = (day: Day): string => `${day.slice(8, 10)}/${day.slice(5, 7)}`;

/** `tuần 49 (27/11 - 03/12)`. */
export const periodWithDays = ({ period, startsOn, endsOn }: ReportView): string =>
  `${periodName(period)} (${dayAndMonth(startsOn)} - ${dayAndMonth(endsOn)})`;

/** `thứ Tư 03/12`. */
export const shortDay = (instant: Instant): string =>
  `${weekdayName(weekdayOf(dayOf(instant)))} ${dayAndMonth(dayOf(instant))}`;

/** `hạn 17:00 thứ Tư 03/12/2025`. */
export const dueText = ({ dueAt }: ReportView): string => `hạn ${spokenInstant(dueAt)}`;

/** `Trường THPT Chu Văn An, tuần 49, hạn thứ Tư 03/12`: tells one report from another on a button. */
export const reportTitle = (report: ReportView): string =>
  `${report.unitName}, ${periodName(report.period)}, hạn ${shortDay(report.dueAt)}`;

/** `Tuần 49` at the beginning of a sentence. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
