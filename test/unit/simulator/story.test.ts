/** The sample story: what happens in which order, and that nothing holds it up. */
import { afterEach, describe, expect, test } from "@jest/globals";
import { at, MINUTE_MS } from "../../../src/core/clock";
import type { LiveEvent } from "../../../src/simulator/live";
import { openStubRoom, type StubRoom, type StubRoomOptions } from "./stub-room";

let room: StubRoom;
afterEach(() => room.close());

/** Plays the story and gives everything a page was told meanwhile. */
async function play(until = '"running":false'): Promise<LiveEvent[]> {
  const told = await room.listen(until);
  expect((await room.call("POST", "story", { do: "start" })).status).toBe(202);
  return told();
}

const open = async (options?: StubRoomOptions) => (room = await openStubRoom(options));
const people = async () => (await room.call("GET", "state")).body.people;
const lastCaption = async () => (await room.call("GET", "state")).body.story.caption;

/** Each bubble once, in order: who, which way, and the first words. */
function bubbles(events: readonly LiveEvent[], names: ReadonlyMap<string, string>): string[] {
  const seen = new Set<string>();
  return events.flatMap((event) => {
    if (event.type !== "message" || seen.has(event.entry.id)) return [];
    seen.add(event.entry.id);
    const { personId, from, text } = event.entry;
    return [`${names.get(personId)} ${from === "person" ? ">" : "<"} ${text?.split("\n")[0]}`];
  });
}

describe("the story", () => {
  test("plays one week from the question to the amendment", async () => {
    await open();
    const events = await play();
    const names = new Map((await people()).map(({ id, name }) => [id, name]));
    const heard = bubbles(events, names);
    const order = [
      "Chị Hạnh > ngan sach gop bao nhieu",
      "Văn phòng Sở > liên kết MA1",
      "Văn phòng Sở < ✅ Đã liên kết.",
      "Chu Văn An > liên kết MA2",
      "Thăng Long < ✅ Đã liên kết.",
      "Chu Văn An < 📌 Báo cáo tuần: hạn 17:00 thứ Tư 03/12/2025.",
      "Chu Văn An > Báo cáo ngay",
      "Chu Văn An > 12 tin, 3 hội nghị, 450 lượt người",
      "Chu Văn An > Gửi luôn",
      "Chu Văn An > Gửi",
      "Chu Văn An < ✅ Đã nhận, mã BC-7K2M9Q1.",
      "Tây Hồ > Không phát sinh",
      "Tây Hồ > Xác nhận",
      "Tây Hồ < ✅ Đã nhận, mã BC-7K2M9Q1.",
      "Văn phòng Sở < Bản tổng hợp TH-2M7Q",
      "Thăng Long > 4 tin, 1 hội nghị, 120 lượt người",
      "Văn phòng Sở < Trường THPT Thăng Long vừa nộp muộn.",
      "Chu Văn An > Sửa",
      "Chu Văn An > 540",
      "Chu Văn An > Gửi",
      "Văn phòng Sở < Trường THPT Chu Văn An đã điều chỉnh 450 → 540.",
    ];
    expect(heard.filter((bubble) => order.includes(bubble))).toEqual(order);
    // Who has finished is not reminded: one reminder for the first, two for the others.
    const reminded = heard.filter((bubble) => bubble.includes("< 📌"));
    expect(reminded.map((bubble) => bubble.split(" <")[0])).toEqual([
      "Chu Văn An",
      "Tây Hồ",
      "Thăng Long",
      "Tây Hồ",
      "Thăng Long",
    ]);
    expect(await lastCaption()).toMatch(/^Hết kịch bản/);
    expect(room.program.zalo.violations).toEqual([]);
  });

  test("fills the ledger and moves the clock no further than the deadline", async () => {
    await open();
    await play();
    const { rows } = (await room.call("GET", "ledger")).body;
    const status = Object.fromEntries(rows.map((row) => [row.unitCode, [row.status, row.version]]));
    expect(status).toEqual({
      "thpt-chu-van-an": ["submitted", 2],
      "thpt-tay-ho": ["nil", 1],
      "thpt-thang-long": ["submitted", 1],
      "thpt-kim-lien": ["missing", 0],
    });
    expect(room.program.movedTo).toEqual([
      at("2025-12-02", "16:00"),
      at("2025-12-03", "15:00"),
      at("2025-12-03", "17:00"),
    ]);
  });

  test("takes less than a minute of waiting", async () => {
    await open();
    await play();
    const totalMs = room.program.slept.reduce((sum, ms) => sum + ms, 0);
    expect(totalMs).toBeGreaterThan(MINUTE_MS / 3);
    // What the program itself needs comes on top.
    expect(totalMs).toBeLessThan(0.8 * MINUTE_MS);
  });

  test("is seen on the phone of whoever acts", async () => {
    await open();
    const events = await play();
    const names = new Map((await people()).map(({ id, name }) => [id, name]));
    const seen = events.flatMap((event) =>
      event.type === "story" && event.personId !== null ? [names.get(event.personId)] : [],
    );
    expect([...new Set(seen)]).toEqual(["Chị Hạnh", "Văn phòng Sở", "Chu Văn An", "Tây Hồ", "Thăng Long"]);
  });

  test("plays again with the same people in the next week", async () => {
    await open();
    await play();
    const before = await people();
    await play();
    expect(await people()).toEqual(before);
    // Nobody of them is linked again; a word of each lets the program write to them.
    const said = room.program.webhooks.map(({ message }) => message?.text);
    expect(said.filter((text) => text?.startsWith("liên kết"))).toHaveLength(4);
    expect(said.filter((text) => text === "menu")).toHaveLength(4);
    expect(room.program.movedTo).toContain(at("2025-12-08", "07:00"));
    expect(room.program.movedTo.at(-1)).toBe(at("2025-12-10", "17:00"));
  });

  test("says why it cannot go on", async () => {
    await open({ change: (ports) => ({ ...ports, periods: () => Promise.resolve([]) }) });
    await play();
    expect(await lastCaption()).toBe("Không còn mốc nào phía trước.");
    await room.close();
    await open({
      change: (ports) => ({ ...ports, settle: () => Promise.reject(new Error("database gone")) }),
    });
    await play();
    expect(await lastCaption()).toMatch(/^Kịch bản dừng giữa chừng/);
  });
});

describe("while it plays", () => {
  /** Waits for a go at every pause. */
  function stepwise() {
    const waiting: (() => void)[] = [];
    const sleep = () => new Promise<void>((resolve) => waiting.push(resolve));
    return { sleep, go: () => waiting.shift()?.() };
  }

  test("the clock and a second story are refused, and it can be stopped", async () => {
    const steps = stepwise();
    await open({ sleep: steps.sleep });
    await play('"type":"story","running":true,"caption":"Một người dân');
    expect(await room.call("POST", "story", { do: "start" })).toMatchObject({
      status: 409,
      body: { error: { code: "story-runs" } },
    });
    expect(await room.call("POST", "clock", { move: "hour" })).toMatchObject({ status: 409 });
    expect((await room.call("POST", "story", { do: "stop" })).status).toBe(202);
    steps.go();
    expect(await lastCaption()).toBe("Đã dừng kịch bản.");
    expect((await room.call("POST", "clock", { move: "hour" })).status).toBe(200);
    expect(room.program.webhooks).toHaveLength(1);
  });
});
