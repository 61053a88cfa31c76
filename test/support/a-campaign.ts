/** A small campaign for tests: three communes report to a district on Wednesday, the district on Thursday. */
import type { Campaign, Line, Unit } from "../../src/reporting/campaign";

export const aUnit = (code: string, over: Partial<Unit> = {}): Unit => ({
  code,
  name: `Đơn vị ${code}`,
  shortName: code,
  group: "Xã",
  parentCode: null,
  aliases: [],
  validFrom: null,
  validTo: null,
  successorCode: null,
  ...over,
});

export const aLine = (over: Partial<Line> = {}): Line => ({
  id: "len-huyen",
  name: "Báo cáo tuần",
  receiver: "huyen",
  reporters: { groups: ["Xã"], units: [], except: [] },
  weekday: 3,
  dueTime: "17:00",
  onHoliday: "next-working-day",
  daysOff: [],
  phases: [],
  closesAfterHours: 168,
  template: "tuan",
  startsOn: "2025-12-03",
  endsOn: "2026-01-31",
  reminders: ["opening", "day-before", "two-hours", "due", "next-morning"],
  source: "mục 1",
  ...over,
});

export const upwardLine = (over: Partial<Line> = {}): Line =>
  aLine({
    id: "len-tinh",
    receiver: "tinh",
    receiverDesk: "Văn phòng Tỉnh",
    reporters: { groups: [], units: ["huyen"], except: [] },
    weekday: 4,
    ...over,
  });

const number = { type: "integer" as const, required: true, min: 0, example: "2", definition: "" };

export const aCampaign = (over: Partial<Campaign> = {}): Campaign => ({
  id: "demo",
  name: "Đợt thử",
  title: "Đợt thử",
  document: "Kế hoạch thử",
  office: "huyen",
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
  lines: [aLine(), upwardLine()],
  templates: new Map([
    [
      "tuan",
      {
        id: "tuan",
        fields: [
          { ...number, id: "so_buoi", label: "Số buổi", aliases: ["Buổi"], usual: { low: 0, high: 5 } },
          { ...number, id: "so_nguoi", label: "Số người", aliases: [] },
        ],
        sumRules: [{ part: "so_nguoi", whole: "so_buoi", message: "Có người thì phải có buổi." }],
      },
    ],
  ]),
  units: [
    aUnit("tinh", { group: "Tỉnh" }),
    aUnit("huyen", { group: "Huyện", parentCode: "tinh" }),
    aUnit("xa-a", { parentCode: "huyen" }),
    aUnit("xa-b", { parentCode: "huyen" }),
    aUnit("xa-c", { parentCode: "huyen" }),
  ],
  holidays: [
    { day: "2026-01-01", name: "Tết Dương lịch", kind: "off", status: "official" },
    { day: "2026-01-02", name: "Nghỉ hoán đổi", kind: "off", status: "official" },
    { day: "2026-01-10", name: "Thứ Bảy làm bù", kind: "work", status: "official" },
    { day: "2026-01-14", name: "Mới đề xuất", kind: "off", status: "proposed" },
    { day: "2026-01-15", name: "Suy ra từ luật", kind: "off", status: "computed" },
  ],
  ...over,
});
