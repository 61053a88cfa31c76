/** Three people ask the same; one answer reaches each of them once, also behind a closed window, and then everybody. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { at } from "../../src/core/clock";
import { startProgram, type Program } from "../support/program";

const TIMEOUT_MS = 120_000;
const [FIRST, SECOND, AWAY, LATER] = [1, 2, 3, 4].map((i) => `315870492117603200${i}`) as [
  string,
  string,
  string,
  string,
];
const GENERAL = "Tài liệu giấy có phát cho lớp học buổi tối không?";
const ANSWER = "Có, tài liệu giấy được phát từ tuần sau.";
const ticketsShape = z.object({
  items: z.array(z.object({ code: z.string(), leadCode: z.string().optional() })),
});

let program: Program;
beforeAll(async () => {
  program = await startProgram({ startsAt: at("2025-12-02", "08:00") });
}, TIMEOUT_MS);
afterAll(() => program.end(), TIMEOUT_MS);

const answersHeard = (user: string) => program.heard(user).filter(({ text }) => text.includes(ANSWER));

test(
  "one answer reaches all who asked, the absent one when they write again, and whoever asks next",
  async () => {
    for (const [user, question] of [
      [FIRST, GENERAL],
      [SECOND, "tai lieu giay co phat cho lop hoc buoi toi khong"],
      [AWAY, "Cho hỏi tài liệu giấy có phát cho lớp học buổi tối không ạ"],
    ] as const) {
      await program.follows(user);
      await program.says(user, `#ask.ticket ${question}`);
    }
    const { items } = await program.read("/tickets?kind=question", ticketsShape);
    const lead = items.find(({ leadCode }) => leadCode === undefined)?.code ?? "";
    expect(items.map(({ leadCode }) => leadCode ?? lead)).toEqual([lead, lead, lead]);

    // Eight days on, only two of the three may be written to.
    await program.clock(at("2025-12-10", "09:00"));
    for (const user of [FIRST, SECOND]) await program.says(user, "menu");
    const body = { text: ANSWER, generalQuestion: GENERAL };
    expect((await program.api("POST", `/tickets/${lead}/replies`, body)).status).toBe(201);
    await program.settle();
    expect([FIRST, SECOND, AWAY].map((user) => answersHeard(user).length)).toEqual([1, 1, 0]);
    expect(answersHeard(SECOND)[0]?.text).toMatch(
      /^📌 Trả lời cho HD-\w{7} \(“tai lieu giay .*”\):\n.*\nSở .*, ngày 10\/12\/2025\.$/,
    );

    await program.says(AWAY, "menu");
    expect(answersHeard(AWAY)).toHaveLength(1);

    await program.follows(LATER);
    await program.says(LATER, GENERAL);
    expect(answersHeard(LATER)[0]?.text).toMatch(/\nNguồn: Trả lời của Sở .*\nCập nhật đến 10\/12\/2025\./);
    expect([FIRST, SECOND, AWAY].map((user) => answersHeard(user).length)).toEqual([1, 1, 1]);
  },
  TIMEOUT_MS,
);
