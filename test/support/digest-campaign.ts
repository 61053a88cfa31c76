/** A small tree: schools report to an office on Wednesday, the office and its peers to the city on Thursday. */
import { eq, sql } from "drizzle-orm";
import { at, toIso, type Instant } from "../../src/core/clock";
import type { Db } from "../../src/store/database";
import { obligations, periods, reports } from "../../src/store/tables";
import type { Campaign, Field, Line, Unit } from "../../src/reporting/campaign";
import type { ObligationRow } from "../../src/reporting/digest";
import { isLate } from "../../src/reporting/status";

const field = (id: string, label: string, rest: Partial<Field>): Field => ({
  id,
  label,
  type: "integer",
  required: false,
  example: "5",
  aliases: [],
  definition: `Định nghĩa của ${label}.`,
  ...rest,
});

const FIELDS: Field[] = [
  field("tin_bai", "Số tin, bài đăng", { required: true }),
  field("luot_nguoi", "Số lượt người tham dự", { required: true }),
  field("ket_qua", "Kết quả nổi bật", { type: "text", maxLength: 500 }),
  field("kho_khan", "Khó khăn, vướng mắc", { type: "text", maxLength: 500, needsAction: true }),
  field("minh_chung", "Tài liệu, hình ảnh minh chứng", { type: "files" }),
];

export const TEMPLATE = { id: "mau", fields: FIELDS, sumRules: [] };

const unit = (code: string, name: string, group: string, parentCode: string | null): Unit => ({
  code,
  name,
  shortName: name,
  group,
  parentCode,
  aliases: [],
  validFrom: null,
  validTo: null,
  successorCode: null,
});

export const SCHOOLS = ["thpt-a", "thpt-b", "thpt-c", "thpt-d"];

const line = (
  id: string,
  receiver: string,
  weekday: number,
  reporters: Partial<Line["reporters"]>,
): Line => ({
  id,
  name: `Báo cáo tuần gửi ${receiver}`,
  receiver,
  reporters: { groups: [], units: [], except: [], ...reporters },
  weekday,
  dueTime: "17:00",
  onHoliday: "next-working-day",
  daysOff: [],
  phases: [],
  closesAfterHours: 168,
  template: "mau",
  startsOn: "2025-12-01",
  endsOn: "2026-01-31",
  reminders: [],
  source: "mục thử",
});

export const CAMPAIGN: Campaign = {
  id: "thu",
  name: "Đợt thử",
  title: "Đợt thử",
  document: "Kế hoạch 1/KH-UBND ngày 01/12/2025 của UBND thành phố Hà Nội",
  office: "so-kh",
  consentVersion: "v1",
  startsOn: "2025-12-01",
  endsOn: "2026-01-31",
  phases: [],
  quietHours: { from: "21:00", to: "07:00" },
  maxWavesPerDay: 4,
  maxWavesPerWeek: 12,
  extensionMaxDays: 3,
  paidMessages: {
    repliesPerMonth: 0,
    templatesPerMonth: 0,
    byPhone: false,
    prices: { reply: null, template: null, phoneTemplate: null, source: "none" },
  },
  officerSilenceMinutes: 30,
  lines: [
    line("so-gd", "so-gd", 3, { groups: ["Trường"] }),
    line("thanh-pho", "so-kh", 4, { units: ["so-gd", "so-y"] }),
  ],
  templates: new Map([["mau", TEMPLATE]]),
  units: [
    unit("ubnd-tp", "UBND thành phố Hà Nội", "Thành phố", null),
    unit("so-gd", "Sở Giáo dục và Đào tạo", "Sở", "ubnd-tp"),
    unit("so-y", "Sở Y tế", "Sở", "ubnd-tp"),
    unit("so-kh", "Sở Khoa học và Công nghệ", "Sở", "ubnd-tp"),
    ...SCHOOLS.map((code) => unit(code, `THPT ${code.slice(-1).toUpperCase()}`, "Trường", "so-gd")),
  ],
  holidays: [],
};

/** The Wednesday (and Thursday) of the week. */
const DUE_DAYS: Readonly<Record<string, [wednesday: string, thursday: string]>> = {
  "2025-W49": ["2025-12-03", "2025-12-04"],
  "2025-W50": ["2025-12-10", "2025-12-11"],
  "2025-W51": ["2025-12-17", "2025-12-18"],
};

export function dueOf(lineId: string, period: string): Instant {
  const days = DUE_DAYS[period];
  if (days === undefined) throw new Error(`the calendar of this test has no ${period}`);
  return at(days[lineId === "thanh-pho" ? 1 : 0], "17:00");
}

const WEEK_MS = 7 * 24 * 3_600_000;
export const idOf = (lineId: string, period: string, unitCode: string): string =>
  `${lineId}/${period}/${unitCode}`;

/** Writes a period and what is owed in it, as the ledger does when it opens. */
export async function openPeriod(db: Db, lineId: string, period: string): Promise<void> {
  const dueAt = dueOf(lineId, period);
  const times = { opensAt: dueAt - WEEK_MS / 2, dueAt, closesAt: dueAt + WEEK_MS };
  const day = toIso(dueAt).slice(0, 10);
  await db
    .insert(periods)
    .values({ line: lineId, id: period, startsOn: day, endsOn: day, rule: "mục thử", ...times });
  const units = lineId === "thanh-pho" ? ["so-gd", "so-y"] : SCHOOLS;
  await db.insert(obligations).values(
    units.map((unitCode) => ({
      id: idOf(lineId, period, unitCode),
      line: lineId,
      period,
      unitCode,
      ...times,
    })),
  );
}

export interface HandIn {
  readonly id: string;
  readonly at: Instant;
  readonly dueAt: Instant;
  readonly version?: number;
  readonly values: Record<string, number | string>;
  readonly marks?: string[];
}

/** Stores one version of a report. */
export async function handIn(
  db: Db,
  { id, at: when, dueAt, version = 1, values, marks = [] }: HandIn,
): Promise<void> {
  const nil = Object.keys(values).length === 0;
  await db.insert(reports).values({
    obligationId: id,
    version,
    code: `BC-${id}-${version}`,
    values,
    marks,
    nil,
    late: isLate(when, dueAt),
    personId: "p1",
    at: when,
    eventKey: `e-${id}-${version}`,
  });
  await db
    .update(obligations)
    .set({
      version,
      nil,
      submittedAt: sql<number>`coalesce(${obligations.submittedAt}, ${when})`,
      lastSubmittedAt: when,
    })
    .where(eq(obligations.id, id));
}

/** One row of the ledger as a digest reads it: on time with one figure, unless told otherwise. */
export const aRow = (unitCode: string, rest: Partial<ObligationRow> = {}): ObligationRow => ({
  unitCode,
  unitName: `Trường ${unitCode}`,
  group: "Trường",
  position: 0,
  dueAt: dueOf("so-gd", "2025-W49"),
  exemptReason: null,
  version: 1,
  nil: false,
  submittedAt: dueOf("so-gd", "2025-W49") - 3_600_000,
  reached: true,
  notReachedReason: null,
  values: { tin_bai: 1, luot_nguoi: 10 },
  marks: [],
  evidence: 0,
  owesBefore: false,
  ...rest,
});

/** A row of a unit that has not reported. */
export const missing = (unitCode: string, rest: Partial<ObligationRow> = {}): ObligationRow =>
  aRow(unitCode, { version: 0, submittedAt: null, values: {}, ...rest });
