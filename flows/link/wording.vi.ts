/** Linking a person to a unit: the code, what is done with their data, and their yes. */
import { shortInstant, spokenDay, type Day, type Instant } from "../../src/core/clock";
import type { InvitationView } from "../../src/conversation/context";
import { roleNames } from "../naming.vi";

export const titles = {
  agree: "Đồng ý",
  refuse: "Không",
  report: "Báo cáo",
  digest: "Bản tổng hợp mới nhất",
} as const;

/** What the person becomes; with `span`, for how long. */
export const roleText = (role: InvitationView["role"], span: string): string =>
  span === "" ? roleNames[role] : `báo cáo thay ${span}`;

interface Notice {
  readonly unit: string;
  readonly role: string;
  readonly office: string;
  readonly campaign: string;
}

export const wording = {
  how: "Anh/chị gõ mã liên kết gồm 8 chữ và số do cơ quan nhận báo cáo cấp. Chưa có mã, xin hỏi cơ quan đó; gõ “hủy” để thôi.",
  notACode: "Mã liên kết gồm 8 chữ và số, ví dụ 7K2M9QXA.",
  notice: ({ unit, role, office, campaign }: Notice) =>
    [
      `Mã này liên kết anh/chị với ${unit}, vai trò ${role}. Trước khi liên kết, xin anh/chị đọc:`,
      `• Bên quản lý dữ liệu: ${office}.`,
      "• Dữ liệu: tên hiển thị và mã tài khoản Zalo, đơn vị, vai trò, tin nhắn và tệp gửi tại đây.",
      `• Mục đích: nhắc, nhận và tổng hợp báo cáo của ${campaign}; chỉ các cơ quan nhận báo cáo được xem.`,
      "• Thời hạn: đến khi anh/chị yêu cầu xóa; báo cáo đã nộp là hồ sơ của đơn vị, lưu theo quy định về lưu trữ.",
      "• Quyền: xem, sửa, xóa, rút đồng ý bằng cách gõ “dữ liệu của tôi”. Không đồng ý thì vẫn báo cáo được bằng văn bản.",
      "Anh/chị có đồng ý không?",
    ].join("\n"),
  again: "Xin bấm Đồng ý để liên kết, hoặc Không để dừng.",
  unknown: (left: number) => `Mã liên kết không đúng. Anh/chị kiểm tra lại từng chữ, còn ${left} lần thử.`,
  blocked: (until: Instant) =>
    `Đã nhập sai mã nhiều lần. Xin thử lại sau ${shortInstant(until)}, hoặc hỏi lại cơ quan cấp mã.`,
  used: "Mã này đã được sử dụng. Mỗi mã chỉ dùng một lần; xin hỏi cơ quan cấp mã để có mã mới.",
  expired: "Mã này đã hết hạn. Xin hỏi cơ quan cấp mã để có mã mới.",
  already: (unit: string) => `Anh/chị đã liên kết với ${unit} rồi. Mã này vẫn còn để người khác dùng.`,
  span: (from: Day, to: Day | null) =>
    to === null ? `từ ${spokenDay(from)}` : `từ ${spokenDay(from)} đến hết ${spokenDay(to)}`,
  linked: (unit: string, role: InvitationView["role"], span: string) =>
    `✅ Đã liên kết với ${unit}, vai trò ${roleText(role, span)}. ${
      role === "reporter"
        ? "Mỗi kỳ anh/chị sẽ được nhắc trước hạn; gõ “báo cáo” để nộp, hoặc “không phát sinh” nếu không có số liệu."
        : "Bản tổng hợp sẽ được gửi tới anh/chị khi đến hạn mỗi kỳ."
    }${role === "reporter" && span === "" ? " Khi vắng, gõ “ủy quyền” để người khác báo cáo thay." : ""}`,
  declined: "Chưa liên kết và không lưu gì thêm. Mã vẫn dùng được cho đến khi hết hạn.",
  left: "Đã dừng, chưa liên kết.",
} as const;
