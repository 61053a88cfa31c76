import { addDays, type Day } from "../../core/clock";
import { WRITTEN_DAY } from "./marks.vi";

const exists = (day: Day): boolean => addDays(day, 0) === day;

/** A day as offices write it ("29/9/2025", "ngày 29 tháng 9 năm 2025") or as ISO has it; null when it is none. */
export function readDay(text: string): Day | null {
  const [, day = "", month = "", year = ""] = WRITTEN_DAY.exec(text) ?? [];
  const written = year === "" ? text : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return /^\d{4}-\d{2}-\d{2}$/.test(written) && exists(written) ? written : null;
}
