/** What an operator reads before a wave goes out. */
import { expect, test } from "@jest/globals";
import { waveText, type PlannedWave } from "../../../src/tools/waves.vi";

const WAVE: PlannedWave = {
  at: "2025-12-02T15:00:00+07:00",
  people: 1_250,
  about: [{ line: "so-gddt", period: "2025-W49", step: "day-before", units: 163 }],
  lanes: [
    { lane: "free", messages: 1_000, priceVnd: 0, costVnd: 0 },
    { lane: "paid", messages: 250, priceVnd: 55, costVnd: 13_750 },
  ],
  costVnd: 13_750,
  priceSource: "bảng giá",
  leftThisMonth: { before: { replies: 500, templates: 0 }, after: { replies: 250, templates: 0 } },
  notReached: [],
};

test("lanes, their cost and the sum stand under each other, with Vietnamese numbers", () => {
  const lines = waveText(WAVE).split("\n");
  expect(lines[0]).toBe("Đợt nhắc kế tiếp: 15:00 ngày 02/12/2025, 1.250 người");
  expect(lines).toContain("  Trả lời trả phí (đến 7 ngày)      250  13.750 đ");
  expect(lines).toContain("  Cộng                            1.250  13.750 đ");
  expect(lines.at(-1)).toBe("  ✅ Không đơn vị nào ngoài tầm gửi.");
});

test("a message without a stated price leaves the cost open, it does not make it nothing", () => {
  const [free] = WAVE.lanes;
  const lanes = [
    ...(free === undefined ? [] : [free]),
    { lane: "template", messages: 3, priceVnd: null, costVnd: null } as const,
  ];
  expect(waveText({ ...WAVE, lanes, costVnd: null })).toContain(
    "Cộng                            1.003  chưa có giá",
  );
});

test("a long call list ends with how many are left out", () => {
  const notReached = Array.from({ length: 17 }, (_, i) => ({
    unitName: `Trường ${i}`,
    line: "so-gddt",
    period: "2025-W49",
    reason: "chưa có ai liên kết Zalo",
  }));
  const text = waveText({ ...WAVE, notReached });
  expect(text).toContain("17 đơn vị không gửi được tin");
  expect(text).toContain("và 2 đơn vị khác");
  expect(text).not.toContain("Trường 15:");
});
