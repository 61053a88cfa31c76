/** The rule that produced a due instant, in words; kept beside the instant and shown with it. */
import { spokenDay, weekdayName, weekdayOf, type Day } from "../core/clock";

export const ruleWording = {
  weekly: (weekday: number, time: string, source: string) =>
    `Hạn: ${weekdayName(weekday)} hằng tuần, ${time} (${source}).`,
  phase: (name: string) => `Giai đoạn: ${name}.`,
  dayOff: (day: Day, name: string | null, moved: Day) =>
    `Ngày ${spokenDay(day)} nghỉ${name === null ? "" : ` (${name})`}, hạn chuyển sang ngày làm việc kế tiếp: ${spoken(moved)}.`,
  afterPrevious: (moved: Day) => `Hạn của kỳ trước rơi vào đúng ngày này nên hạn lùi sang ${spoken(moved)}.`,
  afterFeeder: (moved: Day) => `Bản tổng hợp cấp dưới đến hạn cùng lúc nên hạn lùi sang ${spoken(moved)}.`,
} as const;

const spoken = (day: Day): string => `${weekdayName(weekdayOf(day))} ${spokenDay(day)}`;
