import { describe, expect, test } from "@jest/globals";
import { HOUR_MS, MINUTE_MS } from "../../../src/core/clock";
import { lengthOf } from "../../../src/core/text";
import { canonicalJson, hashOf } from "../../../src/reporting/canonical-json";
import { compileDigest, type DigestInput, type ObligationRow } from "../../../src/reporting/digest";
import { parseDigest, type DigestContent } from "../../../src/reporting/digest-content";
import { headingOf } from "../../../src/reporting/digest-heading";
import { DIGEST_TEXT_MAX, digestText } from "../../../src/reporting/digest-text";
import { percentOf } from "../../../src/reporting/digest-wording.vi";
import { aRow, CAMPAIGN, dueOf, missing, TEMPLATE } from "../../support/digest-campaign";

const DUE = dueOf("so-gd", "2025-W49");

function inputOf(obligations: readonly ObligationRow[], rest: Partial<DigestInput> = {}): DigestInput {
  const line = CAMPAIGN.lines[0]!;
  return {
    heading: {
      ...headingOf(CAMPAIGN, line, "2025-W49"),
      period: { id: "2025-W49", startsOn: "2025-11-27", endsOn: "2025-12-03", dueAt: DUE, rule: "mục thử" },
    },
    template: TEMPLATE,
    frozenAt: DUE,
    obligations,
    earlier: {},
    previous: null,
    corrections: [],
    below: [],
    tickets: [],
    ...rest,
  };
}

const compiled = (rows: readonly ObligationRow[], rest: Partial<DigestInput> = {}): DigestContent =>
  compileDigest(inputOf(rows, rest));

describe("counts", () => {
  test("leave exempt units out and name nil and not reached as parts", () => {
    const { counts, measures } = compiled([
      aRow("a"),
      aRow("b", { submittedAt: DUE, values: { tin_bai: 2 }, marks: ["tin_bai"] }),
      aRow("c", { nil: true, values: {} }),
      missing("d", { reached: false }),
      missing("e"),
      missing("f", { exemptReason: "đang sáp nhập", reached: false }),
    ]);
    expect(counts).toEqual({
      expected: 5,
      received: 3,
      onTime: 2,
      late: 1,
      nil: 1,
      missing: 2,
      notReached: 1,
    });
    expect(measures).toEqual({ complete: 2, plausible: 2, evidence: 0 });
  });

  test("an extension still running counts as missing and says until when", () => {
    const until = DUE + 24 * HOUR_MS;
    const content = compiled([missing("a", { dueAt: until })]);
    expect(content.counts.missing).toBe(1);
    expect(content.units[0]?.extendedUntil).toBe(until);
    expect(digestText(content)).toContain("được gia hạn đến 17:00 ngày 04/12/2025");
  });

  test("no rate reaches 100 % before everybody has reported, or passes it", () => {
    expect([percentOf(999, 1000), percentOf(5, 5), percentOf(6, 5), percentOf(0, 0)]).toEqual([
      99,
      100,
      100,
      null,
    ]);
  });
});

test("totals, groups and the sum since the beginning", () => {
  const content = compiled(
    [
      aRow("a"),
      aRow("b", { group: "Trung tâm", values: { tin_bai: 41, luot_nguoi: 0, cu: 9 } }),
      missing("c"),
    ],
    { earlier: { tin_bai: 100, cu: 5 } },
  );
  expect(content.totals).toEqual({ tin_bai: 42, luot_nguoi: 10 });
  expect(content.cumulative).toEqual({ tin_bai: 142, luot_nguoi: 10 });
  expect(
    content.groups.map(({ group, counts, totals }) => [group, counts.expected, totals["tin_bai"]]),
  ).toEqual([
    ["Trường", 2, 1],
    ["Trung tâm", 1, 41],
  ]);
});

test("rows come in the order of the roster, whatever order they are read in", () => {
  const rows = [aRow("a", { position: 2 }), aRow("b", { position: 1 }), missing("c", { position: 3 })];
  const hashes = [rows, rows.toReversed()].map((order) => hashOf(canonicalJson(compiled(order))));
  expect(compiled(rows).units.map(({ code }) => code)).toEqual(["b", "a", "c"]);
  expect(hashes[0]).toBe(hashes[1]);
});

test("what is read back is what was frozen", () => {
  const content = compiled([aRow("a", { values: { kho_khan: "Thiê\u0301u máy" } }), missing("b")]);
  const canonical = canonicalJson(content);
  expect(canonicalJson(parseDigest(canonical))).toBe(canonical);
  expect(canonical).toContain("Thi\u1ebfu máy");
});

describe("canonical JSON", () => {
  test("sorts keys at every depth and keeps the order of lists", () => {
    expect(canonicalJson({ b: [2, 1, { d: null, c: -0 }], a: "e\u0323" })).toBe(
      '{"a":"\u1eb9","b":[2,1,{"c":0,"d":null}]}',
    );
  });
  test.each([[undefined], [Number.NaN], [() => 1], [{ a: undefined }]])("refuses %p", (value) => {
    expect(() => canonicalJson(value)).toThrow("canonical JSON");
  });
});

describe("the chat text", () => {
  test("tells figures against the week before, requests word for word, and whom to call", () => {
    const previous = compiled([aRow("a", { values: { tin_bai: 4, luot_nguoi: 10 } }), missing("b")]);
    const text = digestText(
      compiled(
        [
          aRow("a", {
            values: { tin_bai: 1250, luot_nguoi: 10, kho_khan: "Thiếu máy chiếu.", ket_qua: "Tốt" },
            marks: ["tin_bai"],
          }),
          missing("b", { owesBefore: true, reached: false, notReachedReason: "Chưa liên kết" }),
        ],
        { previous },
      ),
    );
    for (const part of [
      "📌 TỔNG HỢP TUẦN 49/2025",
      "chốt lúc 17:00 ngày 03/12/2025",
      "Đã nhận 1/2 (50%)",
      "Số tin, bài đăng: 1.250 (tăng 1.246; 1 số cần kiểm tra)",
      "Số lượt người tham dự: 10 (như tuần trước)",
      "• Trường a (a): Thiếu máy chiếu.",
      "Chưa nộp, cần gọi (1): Trường b",
      "Hai kỳ liền chưa nộp (1): Trường b",
      "Không gửi được tin (1). Chưa liên kết: Trường b",
      "Số liệu cần kiểm tra (1):\n• Trường a: Số tin, bài đăng 1.250",
      "Kết quả nổi bật (1):\n• Trường a (a): Tốt",
    ])
      expect(text).toContain(part);
    expect(text).not.toContain("chốt muộn");
  });

  test("says when it was frozen late", () => {
    const late = { frozenAt: DUE + 11 * MINUTE_MS };
    expect(digestText(compiled([aRow("a")], late))).toContain("chốt muộn hơn hạn (17:00 ngày 03/12/2025)");
    expect(digestText(compiled([aRow("a")], { frozenAt: DUE + 10 * MINUTE_MS }))).not.toContain("chốt muộn");
  });

  test("stays within one message and says what it leaves out, without cutting inside a text", () => {
    const said = (i: number) => `Ý kiến ${i}: ${"thiếu tài liệu ".repeat(12)}hết.`;
    const rows = Array.from({ length: 400 }, (_, i) =>
      i % 3 === 0
        ? missing(`m${i}`, { position: i })
        : aRow(`a${i}`, { position: i, values: { kho_khan: said(i) } }),
    );
    const text = digestText(compiled(rows));
    const quoted = text.split("\n").filter((line) => line.includes("Ý kiến"));
    expect(lengthOf(text)).toBeLessThanOrEqual(DIGEST_TEXT_MAX);
    expect(lengthOf(text)).toBeGreaterThan(DIGEST_TEXT_MAX - 400);
    expect(quoted.length).toBeGreaterThan(2);
    expect(quoted.every((line) => line.endsWith("hết."))).toBe(true);
    expect(text).toContain(`… và ${266 - quoted.length} mục nữa`);
    expect(text).toMatch(/Chưa nộp, cần gọi \(134\): Trường m0, .* và \d+ đơn vị nữa/);
    expect(text).toContain("Phần chưa nêu hết: xem đầy đủ trong bản PDF hoặc Excel của bản tổng hợp.");
  });

  test("a single text too long for the message is opened and says that it goes on", () => {
    const text = digestText(compiled([aRow("a", { values: { kho_khan: "dài ".repeat(900) } })]));
    expect(lengthOf(text)).toBeLessThanOrEqual(DIGEST_TEXT_MAX);
    expect(text).toContain(
      "…\n(còn tiếp)\n\nPhần chưa nêu hết: xem đầy đủ trong bản PDF hoặc Excel của bản tổng hợp.",
    );
  });
});

test("ten thousand units are compiled, frozen and worded within a second", () => {
  const rows = Array.from({ length: 10_000 }, (_, i) =>
    i % 10 === 0
      ? missing(`m${i}`, { position: i })
      : aRow(`a${i}`, { position: i, values: { tin_bai: i, luot_nguoi: 3, kho_khan: `Vướng mắc ${i}` } }),
  );
  const from = process.cpuUsage();
  const content = compiled(rows);
  hashOf(canonicalJson(content));
  digestText(content);
  // Processor time: other work on the machine is not the digest's.
  const { user, system } = process.cpuUsage(from);
  expect((user + system) / 1_000).toBeLessThan(1_000);
});
