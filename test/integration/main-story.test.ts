/**
 * The main story, through the outer surface alone: three schools and an officer of Văn phòng Sở are linked,
 * reminded, report in three ways, and the digest of 17:00 is right to the last figure and stays as it is.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { at } from "../../src/core/clock";
import { startProgram, type Program } from "../support/program";
import { DATABASES } from "../support/program-databases";
import {
  askAnswer,
  deliveriesAnswer,
  digestsAnswer,
  linesAnswer,
  obligationsAnswer,
  reportAnswer,
  type DigestAnswer,
  type ObligationRow,
  type ReportAnswer,
  type UnitRow,
} from "../support/story-answers";
import { findUnit, invite, LINE, link, PERIOD, textsSince } from "../support/story";

const START_TIMEOUT_MS = 120_000;
const CHAPTER_TIMEOUT_MS = 120_000;

/** Zalo ids of the cast. */
const THOROUGH = "3158704921176031001";
const QUIET = "3158704921176031002";
const SILENT = "3158704921176031003";
const STAFF = "3158704921176031004";
/** Follows and is never linked. */
const CITIZEN = "3158704921176031005";
/** Holds a code and never uses it. */
const INVITED = "3158704921176031006";
const REPORTERS = [THOROUGH, QUIET, SILENT];
const EVERYBODY = [...REPORTERS, STAFF, CITIZEN, INVITED];

const LABELS = {
  tin_bai: "Số tin, bài đăng",
  hoi_nghi: "Số hội nghị, buổi tuyên truyền",
  luot_nguoi: "Số lượt người tham dự",
  dang_ky_moi: "Số sản phẩm, mô hình, nhiệm vụ đăng ký mới",
  hoan_thanh: "Số nhiệm vụ hoàn thành",
} as const;

const REPORTED = { tin_bai: 41, hoi_nghi: 2, luot_nguoi: 1250, dang_ky_moi: 1, hoan_thanh: 0 };

/** Enough for what falls due on the minute; short enough to stay in it. */
const JUST_AFTER_MS = 20_000;

/** A figure that is not part of a larger one. */
const wholeNumber = (figure: string): RegExp =>
  new RegExp(`(?<![\\d.,])${figure.replace(".", "\\.")}(?![\\d]|[.,]\\d)`);

describe.each(DATABASES)("the main story on %s", (database) => {
  let program: Program;
  let thorough: UnitRow;
  let quiet: UnitRow;
  let silent: UnitRow;
  let expected: number;
  let frozen: DigestAnswer;

  beforeAll(async () => {
    program = await startProgram({ database, startsAt: at("2025-12-02", "08:00") });
  }, START_TIMEOUT_MS);
  // Fails where the platform was sent anything that is not documented.
  afterAll(() => program.end(), START_TIMEOUT_MS);

  const heardSoFar = () => new Map(EVERYBODY.map((user) => [user, program.heard(user).length]));
  /** What each person got while `act` ran; people who got nothing are left out. */
  async function heardDuring(act: () => Promise<void>): Promise<Map<string, string[]>> {
    const before = heardSoFar();
    await act();
    return new Map(
      EVERYBODY.map((user) => [user, textsSince(program, user, before.get(user) ?? 0)] as const).filter(
        ([, texts]) => texts.length > 0,
      ),
    );
  }
  /** The texts that answer what a person writes, in one piece. */
  async function reply(user: string, act: () => Promise<void>): Promise<string> {
    return ((await heardDuring(act)).get(user) ?? []).join("\n");
  }
  const says = (user: string, text: string) => reply(user, () => program.says(user, text));
  const taps = (user: string, title: string) => reply(user, () => program.taps(user, title));
  const clockTo = (day: string, time: string) =>
    heardDuring(() => program.clock(at(day, time) + JUST_AFTER_MS));
  const ledger = (period = PERIOD): Promise<ObligationRow[]> =>
    program.read(`/obligations?line=${LINE}&period=${period}`, obligationsAnswer);
  const statusOf = async (unit: UnitRow) =>
    (await ledger()).find(({ unitCode }) => unitCode === unit.code)?.status;
  const reportOf = (unit: UnitRow): Promise<ReportAnswer> =>
    program.read(`/reports/${LINE}/${PERIOD}/${unit.code}`, reportAnswer);
  async function digestOf(period: string): Promise<DigestAnswer> {
    const digests = await program.read(`/digests?line=${LINE}&period=${period}`, digestsAnswer);
    expect(digests).toHaveLength(1);
    return digests[0]!;
  }

  test(
    "schools are found without accents, and people link with codes",
    async () => {
      thorough = await findUnit(program, "chu van an", "thpt-chu-van-an");
      quiet = await findUnit(program, "phan dinh phung", "thpt-phan-dinh-phung");
      silent = await findUnit(program, "kim lien", "thpt-kim-lien");
      const office = await findUnit(program, "so giao duc", "so-gddt");
      const codes = {
        thorough: await invite(program, thorough.code, "reporter"),
        quiet: await invite(program, quiet.code, "reporter"),
        silent: await invite(program, silent.code, "reporter"),
        staff: await invite(program, office.code, "staff"),
      };
      await invite(program, thorough.code, "reporter");
      await program.follows(CITIZEN);
      await program.follows(INVITED);

      expect(await link(program, THOROUGH, codes.thorough)).toContain(thorough.name);
      expect(await link(program, QUIET, codes.quiet)).toContain(quiet.name);
      expect(await link(program, SILENT, codes.silent)).toContain(silent.name);
      expect(await link(program, STAFF, codes.staff)).toContain(office.name);
      for (const user of [...REPORTERS, STAFF]) expect(program.phones.offered(user, /dong y/)).toBeNull();
      // A code works once.
      expect(await says(CITIZEN, `liên kết ${codes.quiet}`)).not.toContain(quiet.name);
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "the ledger expects every unit of the line before any report comes",
    async () => {
      const rows = await ledger();
      const line = (await program.read("/lines", linesAnswer)).find(({ id }) => id === LINE);
      expected = rows.length;
      expect(expected).toBeGreaterThan(100);
      expect(line?.expected).toBe(expected);
      expect(rows.every(({ status, version }) => status === "waiting" && version === 0)).toBe(true);
      expect(new Set(rows.map(({ dueAt }) => dueAt))).toEqual(new Set(["2025-12-03T17:00:00+07:00"]));
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "the day before, each linked reporter is reminded once and nobody else",
    async () => {
      const heard = await clockTo("2025-12-02", "15:00");
      expect([...heard.keys()].sort()).toEqual([...REPORTERS].sort());
      for (const texts of heard.values()) expect(texts).toHaveLength(1);
      // Looking again, also after a restart, tells nobody twice.
      const again = await heardDuring(async () => {
        await program.kill();
        await program.restart();
        await program.settle();
        await program.clock(at("2025-12-02", "16:00"));
      });
      expect(again.size).toBe(0);
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "one school reports five figures one by one, with a question in the middle",
    async () => {
      await program.clock(at("2025-12-03", "09:00"));
      expect(await says(THOROUGH, "báo cáo")).toContain(LABELS.tin_bai);
      expect(await says(THOROUGH, "41")).toContain(LABELS.hoi_nghi);
      expect(await statusOf(thorough)).toBe("drafting");
      expect(await says(THOROUGH, "2 hội nghị")).toContain(LABELS.luot_nguoi);

      const question = "Nghị quyết 35 hỗ trợ doanh nghiệp nhỏ và vừa thế nào?";
      const { status, body } = await program.api("POST", "/ask", { text: question });
      expect(status).toBe(200);
      const answer = askAnswer.parse(body);
      const aside = await says(THOROUGH, question);
      expect(aside).toContain(answer.text.split("\n")[0]);
      expect(aside).toContain(LABELS.luot_nguoi);

      expect(await says(THOROUGH, "1.250")).toContain(LABELS.dang_ky_moi);
      expect(await says(THOROUGH, "một")).toContain(LABELS.hoan_thanh);
      await says(THOROUGH, "ko có");
      const check = await taps(THOROUGH, "Gửi luôn");
      for (const label of Object.values(LABELS)) expect(check).toContain(label);
      for (const figure of ["41", "2", "1.250", "1", "0"]) expect(check).toMatch(wholeNumber(figure));
      expect(program.heard(THOROUGH).at(-1)?.buttons).toEqual(expect.arrayContaining(["Gửi", "Sửa"]));
      expect(await statusOf(thorough)).toBe("drafting");

      const receipt = await taps(THOROUGH, "Gửi");
      expect(receipt).toContain("Đã nhận");
      expect(receipt).toMatch(/BC-[0-9A-Z]+/);
      expect(await statusOf(thorough)).toBe("submitted");
      expect(await reportOf(thorough)).toMatchObject({ version: 1, values: REPORTED });
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "two hours before, only those who have not finished are reminded; one of them has nothing to report",
    async () => {
      const heard = await clockTo("2025-12-03", "15:00");
      expect([...heard.keys()].sort()).toEqual([QUIET, SILENT].sort());
      for (const texts of heard.values()) expect(texts).toHaveLength(1);

      await taps(QUIET, "Không phát sinh");
      expect(await statusOf(quiet)).not.toBe("nil");
      const confirm = program.phones.offered(QUIET, /^(xac nhan|dung|gui|dong y|co\b|khong phat sinh)/);
      expect(confirm).not.toBeNull();
      const receipt = await taps(QUIET, confirm ?? "");
      expect(receipt).toContain("Đã nhận");
      expect(receipt).toMatch(/BC-[0-9A-Z]+/);
      expect(await statusOf(quiet)).toBe("nil");
      expect(await statusOf(silent)).toBe("waiting");
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "at 17:00 the digest reaches the office, right to the last figure",
    async () => {
      const heard = await clockTo("2025-12-03", "17:00");
      frozen = await digestOf(PERIOD);
      const rows = await ledger();
      const notReached = rows.filter(({ status, reached }) => status === "missing" && !reached).length;
      expect(frozen.counts).toEqual({
        expected,
        received: 2,
        onTime: 2,
        late: 0,
        nil: 1,
        missing: expected - 2,
        notReached,
      });
      expect(frozen.totals).toEqual({ ...REPORTED, luot_tiep_can: 0 });
      expect(frozen.frozenAt.slice(0, 16)).toBe("2025-12-03T17:00");

      const staffText = (heard.get(STAFF) ?? []).join("\n");
      expect(staffText).toContain(frozen.id);
      expect(staffText).toContain(frozen.text);
      expect(frozen.text).toMatch(new RegExp(`Đã nhận 2/${expected}\\b`));
      expect(frozen.text).toMatch(new RegExp(`Chưa nộp ${expected - 2}\\b`));
      expect(frozen.text).toMatch(/Đúng hạn 2, muộn 0, không phát sinh 1/);
      for (const [field, label] of Object.entries(LABELS)) {
        const figure = REPORTED[field as keyof typeof REPORTED].toLocaleString("vi-VN");
        expect(frozen.text).toContain(`${label}: ${figure}`);
      }
      // The silent one hears that it is due; who has finished hears only that the report has left.
      expect(heard.get(SILENT)).toHaveLength(1);
      expect(heard.get(THOROUGH)?.join()).toContain(frozen.id);
      expect(heard.get(QUIET)?.join()).toContain(frozen.id);
      expect(heard.has(CITIZEN) || heard.has(INVITED)).toBe(false);
      expect(await statusOf(silent)).toBe("missing");
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "the next morning the silent school alone is reminded, and its late report is told to the office once",
    async () => {
      await says(STAFF, "cảm ơn");
      const heard = await clockTo("2025-12-04", "08:00");
      expect([...heard.keys()]).toEqual([SILENT]);

      const told = await heardDuring(async () => {
        expect(await says(SILENT, "báo cáo")).toContain(LABELS.tin_bai);
        await says(SILENT, "5 tin, 2 hội nghị, 300 lượt người, 1 đăng ký mới, 0 hoàn thành");
        await taps(SILENT, "Gửi luôn");
        const receipt = await taps(SILENT, "Gửi");
        expect(receipt).toMatch(/BC-[0-9A-Z]+/);
        expect(receipt.toLowerCase()).toContain("muộn");
      });
      expect(told.get(STAFF)).toHaveLength(1);
      expect(told.get(STAFF)?.join()).toContain(silent.name);
      expect(told.has(THOROUGH) || told.has(QUIET)).toBe(false);
      expect(await statusOf(silent)).toBe("late");
      expect(await reportOf(silent)).toMatchObject({ version: 1, values: { tin_bai: 5, luot_nguoi: 300 } });
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "an amendment is a new version, told to the office once as 41 → 14",
    async () => {
      await program.clock(at("2025-12-04", "09:30"));
      const told = await heardDuring(async () => {
        await says(THOROUGH, "báo cáo");
        await taps(THOROUGH, "Sửa");
        await says(THOROUGH, LABELS.tin_bai);
        const check = await says(THOROUGH, "14");
        expect(check).toContain(LABELS.hoan_thanh);
        expect(check).toMatch(wholeNumber("14"));
        expect(await taps(THOROUGH, "Gửi")).toMatch(/BC-[0-9A-Z]+/);
      });
      expect(told.get(STAFF)).toHaveLength(1);
      expect(told.get(STAFF)?.join()).toContain(thorough.name);
      expect(told.get(STAFF)?.join()).toContain("41 → 14");

      const report = await reportOf(thorough);
      expect(report).toMatchObject({ version: 2, values: { ...REPORTED, tin_bai: 14 } });
      expect(report.history.map(({ version, values }) => [version, values["tin_bai"]])).toEqual([
        [1, 41],
        [2, 14],
      ]);
      // The first hand-in decides whether a unit was on time.
      expect(await statusOf(thorough)).toBe("submitted");
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "the digest that was sent stays as it was, and the next one lists the corrections",
    async () => {
      expect(await digestOf(PERIOD)).toEqual(frozen);
      await program.kill();
      await program.restart();
      expect(await digestOf(PERIOD)).toEqual(frozen);

      await program.clock(at("2025-12-10", "09:00"));
      await says(STAFF, "menu");
      const heard = await clockTo("2025-12-10", "17:00");
      const next = await digestOf("2025-W50");
      const staffText = (heard.get(STAFF) ?? []).join("\n");
      expect(staffText).toContain(next.text);
      expect(next.text).toContain("41 → 14");
      expect(next.text).toContain(thorough.name);
      expect(next.text).toContain(`${silent.name}, tuần 49/2025`);
      expect(next.counts).toMatchObject({ expected, received: 0, missing: expected });
      expect(await digestOf(PERIOD)).toEqual(frozen);
      // Who wrote within a week could be reminded; that nobody could write to the others is not their fault.
      const reached = (await ledger("2025-W50")).filter((row) => row.reached).map(({ unitCode }) => unitCode);
      expect(reached.sort()).toEqual([thorough, quiet, silent].map(({ code }) => code).sort());
    },
    CHAPTER_TIMEOUT_MS,
  );

  test(
    "nothing was left unsent without a reason, and nothing went wrong on the way",
    async () => {
      const open = (await program.read("/deliveries", deliveriesAnswer)).filter(
        ({ status }) => status !== "sent" && status !== "never",
      );
      expect(open).toEqual([]);
      expect(program.output()).not.toContain('"level":"error"');
    },
    CHAPTER_TIMEOUT_MS,
  );
});
