/** Whatever happens between question and answer, the same report comes out. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { aKnowledge, anEntry, aPerson, aReport, FIELDS, REPORTER } from "../support/builders";
import { talkTo, type Talk } from "../support/talk-to";

const knowledge = aKnowledge(
  {
    "quỹ là gì": { kind: "answer", text: "Quỹ là nguồn vốn mồi.", entryIds: ["quy"], score: 1 },
    "cảm ơn": { kind: "smalltalk", text: "Cảm ơn anh/chị.", entryIds: [], score: 1 },
  },
  [anEntry({ id: "quy" })],
);
const required = FIELDS.filter((field) => field.required);

/** Things people do in the middle of a form, none of which may change what is reported. */
const INTERRUPTIONS: Readonly<Record<string, (talk: Talk) => unknown>> = {
  question: (talk) => talk.says("quỹ là gì"),
  thanks: (talk) => talk.says("cảm ơn"),
  "unanswerable question": (talk) => talk.says("bao giờ có xe?"),
  "unanswerable question for an officer": (talk) =>
    talk.says("bao giờ có xe?").taps("Gửi câu hỏi cho cán bộ"),
  sticker: (talk) => talk.meets({ kind: "unreadable", what: "sticker" }),
  "refused figure": (talk) => talk.says("-3"),
  "leaving and coming back": (talk) => talk.says("hủy").says("báo cáo"),
  "menu and back": (talk) => talk.says("menu").says("báo cáo"),
  "difficulty, left": (talk) => talk.says("khó khăn").says("hủy"),
  "difficulty, sent": (talk) => talk.says("khó khăn: thiếu loa").says("gửi"),
  "my data": (talk) => talk.says("dữ liệu của tôi"),
  browsing: (talk) => talk.says("hỏi đáp").says("quỹ là gì").says("báo cáo"),
  reminder: (talk) => talk.meets({ kind: "reminder", steps: [{ obligationId: "OB1", step: "due" }] }),
  "old button": (talk) => talk.says("#gone.button 1"),
  "going back and on": (talk) => talk.says("quay lại"),
  "asking for nil and turning back": (talk) => talk.says("không phát sinh").taps("Nhập số liệu"),
};

/** The value for whichever field is being asked for now. */
function answerPending(talk: Talk, values: Readonly<Record<string, number>>): void {
  const asked = required.findLast(({ label }) => talk.text.includes(label));
  if (asked === undefined) throw new Error(`no field is being asked for: ${talk.text}`);
  talk.says(String(values[asked.id]));
}

const isAsking = (talk: Talk): boolean => /\(\d\/5\) /.test(talk.text);

describe("any interleaving", () => {
  test("of answers and interruptions ends in the same report", () => {
    const interruption = fc.constantFrom(...Object.keys(INTERRUPTIONS));
    const figure = fc.integer({ min: 0, max: 80 });
    fc.assert(
      fc.property(
        fc.array(fc.option(interruption, { nil: null, freq: 1 }), { maxLength: 14 }),
        fc.tuple(figure, figure, figure, figure, figure),
        (steps, [tin, hoiNghi, nguoi, dangKy, hoanThanh]) => {
          const values = {
            tin_bai: tin,
            hoi_nghi: hoiNghi,
            luot_nguoi: nguoi,
            dang_ky_moi: dangKy,
            hoan_thanh: hoanThanh,
          };
          const talk = talkTo({
            context: { person: aPerson({ memberships: [REPORTER] }), reports: [aReport()], knowledge },
          }).says("báo cáo");
          const queue = [...steps];
          for (let turns = 0; turns < 60; turns++) {
            const step = queue.shift() ?? null;
            if (step !== null) INTERRUPTIONS[step]?.(talk);
            // Whatever that was, the form can always be found again by its word.
            if (!isAsking(talk)) talk.says("báo cáo");
            if (!isAsking(talk)) break;
            answerPending(talk, values);
            if (!isAsking(talk)) break;
          }
          if (talk.titles.includes("Gửi luôn")) talk.taps("Gửi luôn");
          if (!talk.titles.includes("Gửi")) talk.says("báo cáo");
          talk.taps("Gửi");
          expect(talk.effectsOf("submit-report")).toMatchObject([
            { values, marks: expect.any(Array), nil: false },
          ]);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("whatever is typed at any moment", () => {
  test("is answered, and never breaks the conversation", () => {
    const words = fc.constantFrom(
      "báo cáo",
      "5",
      "2 hội nghị",
      "hủy",
      "sửa",
      "quay lại",
      "gửi",
      "Gửi luôn",
      "menu",
      "không phát sinh",
      "khó khăn",
      "gia hạn",
      "đúng",
      "không",
      "xong",
      "1",
      "abc?",
      "hỏi đáp",
      "liên kết",
      "dữ liệu của tôi",
      "#report.send OB1",
      "#report.nil OB1",
      "#report.field OB1 ket_qua",
      "#report.field OB1 x",
      "#ask.ticket",
      "#ext.until OB1 1",
      "như tuần trước",
      "khó khăn: x",
      "300 người",
      "200 tin",
      "-1",
      "99999999",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string({ maxLength: 12 })), { maxLength: 25 }), (texts) => {
        const talk = talkTo({
          context: { person: aPerson({ memberships: [REPORTER] }), reports: [aReport()], knowledge },
        });
        for (const text of texts) expect(talk.says(text).heard.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
