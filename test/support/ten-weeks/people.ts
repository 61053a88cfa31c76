/** People at their phones: each hears what the program said last and writes or taps the next thing. */
import type { Message } from "../../../src/conversation/message";
import { chance, numberBelow, type Dice } from "../dice";
import { OPTIONAL_FIGURE, REQUIRED, someFigures, written, writtenTogether } from "./writing";

export const LABELS: Readonly<Record<string, string>> = {
  "Số tin, bài đăng": "tin_bai",
  "Số hội nghị, buổi tuyên truyền": "hoi_nghi",
  "Số lượt người tham dự": "luot_nguoi",
  "Số lượt tiếp cận trên nền tảng số": OPTIONAL_FIGURE,
  "Số sản phẩm, mô hình, nhiệm vụ đăng ký mới": "dang_ky_moi",
  "Số nhiệm vụ hoàn thành": "hoan_thanh",
};

/** What somebody is about to do; `next` gives their next message, null when they put the phone away. */
export interface Errand {
  readonly user: string;
  next(heard: readonly Message[]): string | null;
}

/** The tap of the button whose title begins so. */
export function buttonOf(heard: readonly Message[], title: string): string | null {
  for (const { buttons } of heard.toReversed())
    for (const button of buttons ?? [])
      if ("tap" in button && button.title.startsWith(title)) return button.tap;
  return null;
}

/** The field whose figure is being asked for. */
export function askedField(heard: readonly Message[]): string | null {
  const lines = heard.flatMap(({ text }) => text.split("\n"));
  const asked = lines.findLast((line) => LABELS[line.replace(/^\(\d+\/\d+\) /, "")] !== undefined);
  return asked === undefined ? null : (LABELS[asked.replace(/^\(\d+\/\d+\) /, "")] ?? null);
}

const says = (heard: readonly Message[], part: string): boolean =>
  heard.some(({ text }) => text.includes(part));

const OPENINGS = ["báo cáo", "bao cao", "Báo cáo"];

/** Opens a report by the button of its reminder, or by its name. */
const opening = (obligationId: string, dice: Dice, byName: boolean): string =>
  byName && chance(dice, 0.25)
    ? (OPENINGS[numberBelow(dice, OPENINGS.length)] ?? "báo cáo")
    : `#report.start ${obligationId}`;

export interface Told {
  readonly user: string;
  readonly obligationId: string;
  readonly dice: Dice;
}

/** The figures of last week, sent again; a whole report where there are none. */
export const copying = (told: Told): Errand => reporting(told, `#report.copy ${told.obligationId}`);

/** A whole report: all figures in one message or one by one, maybe with words. */
export function reporting(told: Told, first?: string): Errand {
  const { user, obligationId, dice } = told;
  const figures = someFigures(dice);
  const together = chance(dice, 0.85);
  const words = chance(dice, 0.2) ? [`Khó khăn: Thiếu ${numberBelow(dice, 900)} tài liệu in`] : [];
  let begun = false;
  return {
    user,
    next(heard) {
      if (!begun) {
        begun = true;
        return first ?? opening(obligationId, dice, true);
      }
      if (says(heard, "Đã nhận báo cáo") || says(heard, "đã nộp")) return null;
      if (says(heard, "Đúng không ạ?")) return answerDoubt(heard, dice);
      const asked = askedField(heard);
      if (asked !== null)
        return together ? writtenTogether(figures, dice) : written(figures[asked] ?? 0, dice, true);
      const sendNow = buttonOf(heard, "Gửi luôn");
      if (sendNow !== null) return words.shift() ?? sendNow;
      return buttonOf(heard, "Gửi");
    },
  };
}

/** Most stand by their figure; some type it anew. */
const answerDoubt = (heard: readonly Message[], dice: Dice): string | null =>
  buttonOf(heard, chance(dice, 0.8) ? "Đúng" : "Nhập lại");

/** Begins, and goes home. */
export function leaving({ user, obligationId, dice }: Told): Errand {
  const figures = someFigures(dice);
  const typed = Object.fromEntries(
    REQUIRED.slice(0, 1 + numberBelow(dice, 2)).map((field) => [field, figures[field] ?? 0]),
  );
  const messages = [opening(obligationId, dice, false), writtenTogether(typed, dice)];
  return { user, next: () => messages.shift() ?? null };
}

/** Nothing to report this week. */
export function nothing({ user, obligationId }: Told): Errand {
  let begun = false;
  return {
    user,
    next(heard) {
      if (begun) return buttonOf(heard, "Xác nhận gửi");
      begun = true;
      return `#report.nil ${obligationId}`;
    },
  };
}

/** One figure of a report that was sent, or is about to be, put right. */
export function amending({ user, obligationId, dice }: Told, isSum = false): Errand {
  const [field, name] = isSum ? ["tin_bai", "tin"] : (["luot_nguoi", "lượt người"] as const);
  const value = numberBelow(dice, 900) + (field === "tin_bai" ? 500 : 0);
  const messages = [`#report.start ${obligationId}`, `sửa ${written(value, dice, false)} ${name}`];
  return {
    user,
    next(heard) {
      const prepared = messages.shift();
      if (prepared !== undefined) return prepared;
      if (says(heard, "Đúng không ạ?")) return buttonOf(heard, "Đúng");
      return says(heard, "Đã nhận") ? null : (buttonOf(heard, "Gửi luôn") ?? buttonOf(heard, "Gửi"));
    },
  };
}

/** An office passes on the sum of its digest, as it stands or with a figure of its own. */
export function sendingUp(told: Told): Errand {
  if (chance(told.dice, 0.2)) return amending(told, true);
  let begun = false;
  return {
    user: told.user,
    next(heard) {
      if (begun) return buttonOf(heard, "Gửi");
      begun = true;
      return `#report.start ${told.obligationId}`;
    },
  };
}

/** More time, asked for with a reason. */
export function askingForTime({ user, obligationId, dice }: Told): Errand {
  let step = 0;
  return {
    user,
    next(heard) {
      step += 1;
      if (step === 1) return `#ext.start ${obligationId}`;
      if (step > 2) return step === 3 && says(heard, "lý do") ? "Chờ số liệu của các khoa." : null;
      const days = heard.flatMap(({ buttons }) => buttons ?? []).flatMap((b) => ("tap" in b ? [b.tap] : []));
      const offered = days.filter((day) => day.startsWith("#ext.until"));
      return offered[numberBelow(dice, offered.length)] ?? null;
    },
  };
}

/** One button, pressed. */
export function pressing(user: string, tap: string): Errand {
  const messages = [tap];
  return { user, next: () => messages.shift() ?? null };
}
