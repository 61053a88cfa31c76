import { describe, expect, test } from "@jest/globals";
import { at } from "../../../src/core/clock";
import { anExtension, aPerson, aReport, REPORTER, STAFF, WHOLE } from "../../support/builders";
import { talkTo } from "../../support/talk-to";
import type { ReportView } from "../../../src/conversation/context";

const reporter = (reports: readonly ReportView[] = [aReport()], now?: number) =>
  talkTo({
    ...(now === undefined ? {} : { now }),
    context: { person: aPerson({ memberships: [REPORTER] }), reports },
  });

describe("asking for more time", () => {
  test("takes a day and a reason, and tells the office", () => {
    const talk = reporter().says("gia hạn");
    expect(talk.text).toBe(
      "Báo cáo tuần 49 của THPT Chu Văn An có hạn 17:00 thứ Tư 03/12/2025. Anh/chị xin gia hạn đến ngày nào?",
    );
    expect(talk.titles).toEqual(["Thứ Năm 04/12", "Thứ Sáu 05/12", "Thứ Hai 08/12"]);
    talk.taps("Thứ Sáu");
    expect(talk.text).toBe("Gia hạn đến 17:00 thứ Sáu 05/12/2025. Anh/chị cho biết lý do.");
    talk.says("Trường đang thi học kỳ.");
    const [asked] = talk.effectsOf("ask-extension");
    expect(asked).toMatchObject({
      obligationId: "OB1",
      until: at("2025-12-05", "17:00"),
      reason: "Trường đang thi học kỳ.",
    });
    expect(talk.effectsOf("tell")).toEqual([
      {
        type: "tell",
        to: { staffOf: "so-gddt" },
        news: { kind: "extension-asked", extensionId: asked?.id },
        key: `extension-asked:${asked?.id ?? ""}`,
      },
    ]);
    expect(talk.text).toBe(
      "Đã gửi đề nghị gia hạn đến 17:00 thứ Sáu 05/12/2025 tới Văn phòng Sở GD&ĐT. Khi chưa có trả lời, hạn vẫn là 17:00 thứ Tư 03/12/2025.",
    );
    expect(talk.says("gia hạn").text).toContain("đang chờ Văn phòng Sở GD&ĐT trả lời");
  });

  test.each(["5/12", "ngày 05/12/2025", "5-12", "5.12.2025"])("takes the day typed as %s", (typed) => {
    expect(reporter().says("gia hạn").says(typed).text).toContain("Gia hạn đến 17:00 thứ Sáu 05/12/2025.");
  });

  test.each(["3/12", "12/12", "31/2", "mai"])("refuses the day %s", (typed) => {
    const talk = reporter().says("gia hạn").says(typed);
    expect(talk.text).toContain("Xin chọn một ngày không muộn hơn thứ Hai 08/12, ví dụ gõ 08/12.");
  });

  test("over the turn of the year understands 2/1", () => {
    const report = aReport({ dueAt: at("2025-12-31", "17:00"), closesAt: at("2026-01-07", "17:00") });
    const talk = reporter([report], at("2025-12-30", "08:00")).says("gia hạn").says("2/1");
    expect(talk.text).toContain("Gia hạn đến 17:00 thứ Sáu 02/01/2026.");
  });

  test("offers only days that are still to come", () => {
    expect(reporter([aReport()], at("2025-12-05", "18:00")).says("gia hạn").titles).toEqual([
      "Thứ Hai 08/12",
    ]);
    expect(reporter([aReport()], at("2025-12-09", "08:00")).says("gia hạn").text).toContain(
      "Đã hết thời gian có thể gia hạn",
    );
  });

  test("goes back to the day", () => {
    expect(reporter().says("gia hạn").taps("Thứ Sáu").says("quay lại").titles).toHaveLength(3);
  });

  test("of two reports asks which", () => {
    const other = aReport({ obligationId: "OB2", unitCode: "b", unitName: "THPT Tây Hồ" });
    const talk = reporter([aReport(), other]).says("gia hạn");
    expect(talk.text).toContain("Gia hạn báo cáo nào?\n1. THPT Chu Văn An");
    expect(talk.says("2").text).toContain("của THPT Tây Hồ có hạn");
  });

  test("is not needed, or not possible, and says so", () => {
    expect(talkTo().says("gia hạn").text).toContain("Gia hạn dành cho đầu mối của đơn vị.");
    expect(reporter([aReport({ version: 1, submitted: WHOLE })]).says("gia hạn").text).toContain(
      "không cần gia hạn",
    );
    expect(reporter().says("#ext.start OB9").text).toBe("Báo cáo này không còn mở nên không gia hạn được.");
  });
});

describe("deciding", () => {
  const officer = (state: "asked" | "granted" = "asked") =>
    talkTo({ context: { person: aPerson({ memberships: [STAFF] }), extensions: [anExtension({ state })] } });

  test("is one tap, and is written down once", () => {
    const yes = officer().says("#ext.grant GH-1234567");
    expect(yes.effectsOf("decide-extension")).toEqual([
      { type: "decide-extension", id: "GH-1234567", granted: true },
    ]);
    expect(yes.text).toBe(
      "Đã đồng ý gia hạn (Báo cáo tuần gửi Sở GD&ĐT, tuần 49, THPT Chu Văn An) đến 17:00 thứ Sáu 05/12/2025. Đơn vị được báo ngay.",
    );
    expect(officer().says("#ext.refuse GH-1234567").effectsOf("decide-extension")[0]?.granted).toBe(false);
    expect(officer("granted").says("#ext.grant GH-1234567").text).toContain("đã được trả lời trước đó");
  });

  test("is for the office's own staff", () => {
    const talk = talkTo({
      context: { person: aPerson({ memberships: [REPORTER] }), extensions: [anExtension()] },
    });
    talk.says("#ext.grant GH-1234567");
    expect(talk.text).toBe("Đề nghị gia hạn này không còn chờ anh/chị trả lời.");
    expect(talk.effectsOf("decide-extension")).toEqual([]);
  });
});
