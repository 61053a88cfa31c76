/**
 * A figure on its way up, through the outer surface alone: two rooms of a commune report, the commune's staff
 * confirm their sum to Sở KH&CN, whose staff confirm theirs to UBND Thành phố; figures are asked about and made clear
 * on the way down and up; then a room corrects itself.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { at } from "../../src/core/clock";
import { startProgram, type Program } from "../support/program";
import { DATABASES } from "../support/program-databases";
import { invite, link, PERIOD, textsSince } from "../support/story";
import { digestsAnswer, reportAnswer, type DigestAnswer, type ReportAnswer } from "../support/story-answers";

const START_TIMEOUT_MS = 120_000;
const CHAPTER_TIMEOUT_MS = 120_000;
/** Enough for what falls due on the minute; short enough to stay in it. */
const JUST_AFTER_MS = 20_000;

const COMMUNE = { code: "10237", name: "UBND xã Chương Dương" } as const;
const NEXT_PERIOD = "2025-W50";

/** Zalo ids of the cast. */
const ECONOMY = "3158704921176041001";
const SECRETARIAT = "3158704921176041002";
const COMMUNE_STAFF = "3158704921176041003";
const AGENCY_STAFF = "3158704921176041004";
const CITY_STAFF = "3158704921176041005";
/** Reports straight to the agency, beside the commune. */
const FINANCE = "3158704921176041006";

const CAST = [
  [ECONOMY, "chuong-duong-phong-kinh-te", "reporter"],
  [SECRETARIAT, "chuong-duong-van-phong", "reporter"],
  [COMMUNE_STAFF, COMMUNE.code, "staff"],
  [AGENCY_STAFF, "so-khcn", "staff"],
  [CITY_STAFF, "ubnd-tp", "staff"],
  [FINANCE, "so-tai-chinh", "reporter"],
] as const;
const EVERYBODY = CAST.map(([user]) => user);

/** What the amendment of the room does to the sum of its office. */
const CORRECTED = "Số lượt người tham dự tăng 90";

/** How every PDF begins. */
const PDF_MARK = "%PDF-";

const SUM_OF_ROOMS = { tin_bai: 7, hoi_nghi: 3, luot_nguoi: 1_300, dang_ky_moi: 1, hoan_thanh: 1 };
const SUM_OF_CITY = { tin_bai: 11, hoi_nghi: 4, luot_nguoi: 1_420, dang_ky_moi: 3, hoan_thanh: 1 };

const times = (texts: readonly string[], part: string): number =>
  texts.filter((text) => text.includes(part)).length;

describe.each(DATABASES)("a figure on its way up, on %s", (database) => {
  let program: Program;

  beforeAll(async () => {
    program = await startProgram({ database, startsAt: at("2025-12-02", "08:00") });
  }, START_TIMEOUT_MS);
  // Fails where the platform was sent anything that is not documented.
  afterAll(() => program.end(), START_TIMEOUT_MS);

  /** What each person got while `act` ran; people who got nothing are left out. */
  async function heardDuring(act: () => Promise<void>): Promise<Map<string, string[]>> {
    const before = new Map(EVERYBODY.map((user) => [user, program.heard(user).length]));
    await act();
    const heard = EVERYBODY.map((user) => {
      const texts = textsSince(program, user, before.get(user) ?? 0);
      // A picture comes without words.
      return [user, texts.filter((text) => text !== "")] as const;
    });
    return new Map(heard.filter(([, texts]) => texts.length > 0));
  }
  const clockTo = (day: string, time: string) =>
    heardDuring(() => program.clock(at(day, time) + JUST_AFTER_MS));
  const digestOf = async (line: string, period = PERIOD): Promise<DigestAnswer> => {
    const digests = await program.read(`/digests?line=${line}&period=${period}`, digestsAnswer);
    expect(digests).toHaveLength(1);
    return digests[0]!;
  };
  const reportOf = (line: string, unit: string, period = PERIOD): Promise<ReportAnswer> =>
    program.read(`/reports/${line}/${period}/${unit}`, reportAnswer);
  async function reports(user: string, figures: string): Promise<void> {
    await program.says(user, "báo cáo");
    await program.says(user, figures);
    await program.taps(user, "Gửi luôn");
    await program.taps(user, "Gửi");
    expect(program.heard(user).at(-1)?.text).toContain("Đã nhận");
  }

  test(
    "before the figures are there, offices are not asked for their own report",
    async () => {
      for (const [user, unit, role] of CAST) await link(program, user, await invite(program, unit, role));
      await program.clock(at("2025-12-03", "09:00"));
      await reports(ECONOMY, "5 tin, 2 hội nghị, 1.250 lượt người, 1 đăng ký mới, 0 hoàn thành");
      await reports(SECRETARIAT, "2 tin, 1 hội nghị, 50 lượt người, 0 đăng ký mới, 1 hoàn thành");
      const heard = await clockTo("2025-12-03", "15:00");
      expect([...heard.keys()]).toEqual([FINANCE]);
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "on Wednesday the commune gets the sum of its rooms and confirms it upward",
    async () => {
      const heard = await clockTo("2025-12-03", "17:00");
      expect(heard.get(COMMUNE_STAFF)).toHaveLength(1);
      expect(heard.has(AGENCY_STAFF)).toBe(false);
      const digest = await digestOf("xa-chuong-duong");
      expect(digest).toMatchObject({ counts: { received: 2, onTime: 2 }, totals: SUM_OF_ROOMS });
      expect(heard.get(COMMUNE_STAFF)?.[0]).toContain(digest.id);

      await program.taps(COMMUNE_STAFF, "Gửi lên Sở");
      expect(program.heard(COMMUNE_STAFF).at(-1)?.text).toContain("1.300");
      await program.taps(COMMUNE_STAFF, "Gửi");
      expect(program.heard(COMMUNE_STAFF).at(-1)?.text).toContain("Đã nhận");
      expect(await reportOf("thanh-pho", COMMUNE.code)).toMatchObject({
        status: "submitted",
        version: 1,
        values: SUM_OF_ROOMS,
      });
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "on Thursday Sở KH&CN gets commune and departments in one sum and confirms it upward",
    async () => {
      await program.clock(at("2025-12-04", "10:00"));
      await reports(FINANCE, "4 tin, 1 hội nghị, 120 lượt người, 2 đăng ký mới, 0 hoàn thành");
      const before = await clockTo("2025-12-04", "16:59");
      expect([...before.keys()]).toEqual([]);

      const heard = await clockTo("2025-12-04", "17:00");
      expect(heard.get(AGENCY_STAFF)).toHaveLength(1);
      expect(heard.get(COMMUNE_STAFF)).toEqual([expect.stringContaining("đã vào bản tổng hợp")]);
      expect(heard.has(CITY_STAFF)).toBe(false);
      const digest = await digestOf("thanh-pho");
      expect(digest).toMatchObject({ counts: { received: 2 }, totals: SUM_OF_CITY });

      await program.taps(AGENCY_STAFF, "Gửi lên UBND");
      await program.taps(AGENCY_STAFF, "Gửi");
      expect(await reportOf("ubnd-tp", "so-khcn")).toMatchObject({ version: 1, values: SUM_OF_CITY });
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "the agency confirms the receipt, and has a figure of the commune made clear",
    async () => {
      await program.taps(AGENCY_STAFF, "Đã nhận");
      expect(program.heard(AGENCY_STAFF).at(-1)?.text).toContain("✅ Đã ghi nhận");
      await program.taps(AGENCY_STAFF, "Cần làm rõ");
      await program.says(AGENCY_STAFF, "xã CD");
      expect(program.heard(AGENCY_STAFF).at(-1)?.text).toContain("3. Số lượt người tham dự: 1.300");
      await program.says(AGENCY_STAFF, "3");
      const asked = await heardDuring(() =>
        program.says(AGENCY_STAFF, "Có tính cả buổi chung với trường không?"),
      );
      expect([...asked.keys()].sort()).toEqual([AGENCY_STAFF, COMMUNE_STAFF].sort());
      expect(asked.get(COMMUNE_STAFF)).toEqual([
        expect.stringMatching(
          /Sở Khoa học và Công nghệ cần làm rõ \(LR-[^]*1\.300[^]*“Có tính cả buổi chung với trường không\?”/,
        ),
      ]);
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "the commune asks its room in turn; each answer comes back with its figure",
    async () => {
      await program.taps(COMMUNE_STAFF, "Cần làm rõ");
      await program.says(COMMUNE_STAFF, "phòng kinh tế");
      await program.says(COMMUNE_STAFF, "lượt người");
      await program.says(COMMUNE_STAFF, "Buổi 02/12 có bao nhiêu người?");
      await program.taps(ECONOMY, "Trả lời");
      const fromRoom = await heardDuring(() => program.says(ECONOMY, "250 người, không tính trường."));
      expect(fromRoom.get(COMMUNE_STAFF)).toEqual([
        expect.stringMatching(/Số lượt người tham dự: 1\.250\n[^]*“250 người, không tính trường\.”/),
      ]);

      await program.taps(COMMUNE_STAFF, "Trả lời");
      const fromCommune = await heardDuring(() => program.says(COMMUNE_STAFF, "Không tính."));
      expect(fromCommune.get(AGENCY_STAFF)).toEqual([
        expect.stringMatching(/Số lượt người tham dự: 1\.300\n[^]*Trả lời: “Không tính\.”/),
      ]);
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "each office has its digest as a PDF in the chat",
    async () => {
      const documents = new Map<string, string>();
      program.fake.zalo.onSent(({ userId, text, mediaUrl }) => {
        if (text === null && mediaUrl !== null) documents.set(userId, mediaUrl);
      });
      for (const officer of [COMMUNE_STAFF, AGENCY_STAFF]) await program.taps(officer, "Gửi bản PDF");
      // On a busy machine the first upload may take longer than a request may, and is made again.
      await program.clock(at("2025-12-05", "09:00"));
      for (const officer of [COMMUNE_STAFF, AGENCY_STAFF]) {
        const document = await fetch(documents.get(officer) ?? "");
        expect(
          Buffer.from(await document.arrayBuffer())
            .subarray(0, PDF_MARK.length)
            .toString(),
        ).toBe(PDF_MARK);
      }
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "on Friday UBND Thành phố reads the same sum, nothing counted twice",
    async () => {
      const heard = await clockTo("2025-12-05", "17:00");
      expect(heard.get(CITY_STAFF)).toHaveLength(1);
      const digest = await digestOf("ubnd-tp");
      expect(digest).toMatchObject({ counts: { expected: 1, received: 1, onTime: 1 }, totals: SUM_OF_CITY });
      // Nobody above has anywhere to send it.
      expect(
        program
          .heard(CITY_STAFF)
          .at(-1)
          ?.buttons.some((title) => title.startsWith("Gửi lên")),
      ).toBe(false);
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "a room that corrects itself is told to its office at once, and to nobody else",
    async () => {
      await program.clock(at("2025-12-06", "09:00"));
      const heard = await heardDuring(async () => {
        await program.says(ECONOMY, "báo cáo");
        await program.says(ECONOMY, "sửa lượt người 1.340");
        await program.taps(ECONOMY, "Gửi");
      });
      expect([...heard.keys()].sort()).toEqual([ECONOMY, COMMUNE_STAFF].sort());
      const [told, ...more] = heard.get(COMMUNE_STAFF) ?? [];
      expect(more).toEqual([]);
      expect(told).toContain("1.250 → 1.340");
      expect((await digestOf("xa-chuong-duong")).totals).toEqual(expect.objectContaining(SUM_OF_ROOMS));
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "the next digests show it once at each level, and those after no more",
    async () => {
      await program.clock(at("2025-12-12", "18:00"));
      const commune = await digestOf("xa-chuong-duong", NEXT_PERIOD);
      const agency = await digestOf("thanh-pho", NEXT_PERIOD);
      const city = await digestOf("ubnd-tp", NEXT_PERIOD);
      expect(commune.text).toContain("1.250 → 1.340");
      for (const { text } of [agency, city]) expect(text.split(CORRECTED)).toHaveLength(2);
      expect(agency.text).toContain(COMMUNE.name);
      // What was asked and answered stands in the next digest of whoever asked.
      expect(commune.text).toContain("250 người, không tính trường.");
      expect(agency.text).toContain("Không tính.");
      // This week nobody reported: last week's sums do not go up again.
      for (const digest of [commune, agency, city]) expect(digest).toMatchObject({ counts: { received: 0 } });

      await program.clock(at("2025-12-19", "18:00"));
      for (const line of ["xa-chuong-duong", "thanh-pho", "ubnd-tp"])
        expect((await digestOf(line, "2025-W51")).text).not.toMatch(/tăng 90|1\.250 → 1\.340/);
      expect(times(textsSince(program, COMMUNE_STAFF, 0), "đã sửa báo cáo")).toBe(1);
    },
    CHAPTER_TIMEOUT_MS,
  );
});
