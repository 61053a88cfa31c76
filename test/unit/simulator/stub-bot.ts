/** A few rules that answer as the program would, so that the simulator can be tried without it. */
import { foldedWords } from "../../../src/core/text";
import { tap, type Message } from "../../../src/conversation/message";

export type Status = "waiting" | "submitted" | "nil" | "late" | "missing";

export interface StubUnit {
  readonly code: string;
  readonly name: string;
  status: Status;
  version: number;
  submittedAt: number | null;
}

export interface StubWorld {
  readonly units: Map<string, StubUnit>;
  readonly invitations: Map<string, { unitCode: string; role: "reporter" | "staff" }>;
  readonly reporters: Map<string, string>;
  readonly staff: Set<string>;
  now(): number;
  dueAt(): number;
}

const QUESTION =
  "Ngân sách Thành phố góp tối đa 600 tỷ đồng và không quá 49% vốn điều lệ.\n\nNguồn: Nghị quyết 30/2025/NQ-HĐND, thông tin đến 29/09/2025.";
const CHECK =
  "Kiểm tra trước khi gửi:\nSố tin, bài đăng: 12\nSố hội nghị, buổi tuyên truyền: 3\nSố lượt người tham dự: 450";

function receive(world: StubWorld, unit: StubUnit, status: "submitted" | "nil"): Message[] {
  unit.status = world.now() > world.dueAt() && unit.version === 0 ? "late" : status;
  unit.version += 1;
  unit.submittedAt = world.now();
  return [{ text: `✅ Đã nhận, mã BC-7K2M9Q${unit.version}.` }];
}

/** What a person's words bring: answers to them, and news for the staff. */
export function answerTo(world: StubWorld, personId: string, said: string): Message[] {
  const words = foldedWords(said);
  const unit = world.units.get(world.reporters.get(personId) ?? "");
  const code = /^lien ket (\S+)$/.exec(words)?.[1]?.toUpperCase();
  if (code !== undefined) {
    const invitation = world.invitations.get(code);
    if (invitation === undefined) return [{ text: "Mã chưa đúng." }];
    const name = world.units.get(invitation.unitCode)?.name ?? "Sở Giáo dục và Đào tạo";
    return [
      {
        text: `Liên kết với ${name}. Anh/chị đồng ý chứ?`,
        buttons: [tap("Đồng ý", "consent", code), tap("Không", "no")],
      },
    ];
  }
  const consent = /^consent (\S+)$/.exec(words)?.[1]?.toUpperCase();
  if (consent !== undefined) {
    const invitation = world.invitations.get(consent);
    if (invitation?.role === "reporter") world.reporters.set(personId, invitation.unitCode);
    else world.staff.add(personId);
    return [{ text: "✅ Đã liên kết." }];
  }
  if (unit === undefined)
    return [{ text: QUESTION, buttons: [{ title: "Vốn từ đâu?", tap: "Vốn từ đâu?" }] }];
  if (words === "nil")
    return [{ text: "Tuần này không phát sinh?", buttons: [tap("Xác nhận", "nil-yes"), tap("Thôi", "no")] }];
  if (words === "nil yes") return receive(world, unit, "nil");
  if (words === "send") return receive(world, unit, "submitted");
  if (words === "start") return [{ text: "Số tin, bài đăng?" }];
  if (words === "bao cao" && unit.version > 0)
    return [{ text: CHECK, buttons: [tap("Gửi", "send"), tap("Sửa", "edit")] }];
  if (words === "bao cao") return [{ text: "Số tin, bài đăng?" }];
  if (words === "edit") return [{ text: "Sửa mục nào?" }];
  if (/tin .*hoi nghi/.test(words))
    return [{ text: "Có bổ sung gì không?", buttons: [tap("Gửi luôn", "check")] }];
  if (words === "check" || /^\d+$/.test(words))
    return [{ text: CHECK, buttons: [tap("Gửi", "send"), tap("Sửa", "edit")] }];
  return [{ text: "Số lượt người tham dự?" }];
}

export const reminder = (): Message => ({
  text: "📌 Báo cáo tuần: hạn 17:00 thứ Tư 03/12/2025.",
  buttons: [tap("Báo cáo ngay", "start"), tap("Không phát sinh", "nil"), tap("Xin gia hạn", "more")],
});

export const digest = (): Message => ({
  text: "Bản tổng hợp TH-2M7Q\nĐúng hạn 2 (không phát sinh 1)\nSố tin, bài đăng: 12\nThiếu: Trường THPT Thăng Long",
});
