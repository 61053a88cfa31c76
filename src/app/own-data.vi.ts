/** The copy of a person's own data, in their words. */
import { roleNames } from "../../flows/naming.vi";
import { dayOf, shortInstant, spokenDay, type Instant } from "../core/clock";
import { inDigits } from "../core/number-words";
import type { OwnData } from "../people/own-data";
import { PHONE_PURPOSE } from "../people/purposes";

export interface OwnDataPart {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface OwnDataText {
  readonly title: string;
  readonly intro: string;
  readonly parts: readonly OwnDataPart[];
}

const NOT_TEXT: Readonly<Record<string, string>> = {
  files: "(ảnh hoặc tệp)",
  "shared-info": "(chia sẻ thông tin liên hệ)",
  follow: "(bấm Quan tâm)",
  unfollow: "(bỏ Quan tâm)",
};

function saidIn({ kind, text }: OwnData["messages"][number]): string {
  if (text === null) return NOT_TEXT[kind ?? ""] ?? "(thao tác khác hoặc nội dung đã xóa theo thời hạn)";
  return text.startsWith("#") ? "(bấm nút)" : text;
}

/** `phone`: with all but its last digits hidden. */
export function ownDataText(
  data: OwnData,
  { office, phone, now }: { readonly office: string; readonly phone: string | null; readonly now: Instant },
): OwnDataText {
  const { person, links, consents, reports, tickets, opinions, messages } = data;
  const part = (title: string, lines: readonly string[]): OwnDataPart => ({
    title: `${title} (${inDigits(lines.length)})`,
    lines: lines.length === 0 ? ["Không có."] : lines,
  });
  return {
    title: "BẢN SAO DỮ LIỆU CÁ NHÂN",
    intro: `Lập lúc ${shortInstant(now)} theo yêu cầu của chính người có dữ liệu. Cơ quan quản lý: ${office}. Tệp này có thông tin riêng của anh/chị, xin đừng chuyển tiếp.`,
    parts: [
      {
        title: "Tài khoản",
        lines: [
          `Tên hiển thị: ${person.displayName ?? "chưa có"}.`,
          `Mã tài khoản Zalo với trang này: ${person.address}.`,
          ...(phone === null ? [] : [`Số điện thoại: ${phone} (được mã hóa khi lưu).`]),
          `Có dữ liệu từ ${spokenDay(dayOf(person.since))}. Nhận tin nhắc: ${person.optedOut ? "đã dừng" : "có"}.`,
        ],
      },
      part(
        "Liên kết với đơn vị",
        links.map(({ unitName, role, at }) => `${unitName}: ${roleNames[role]}, từ ${shortInstant(at)}.`),
      ),
      part(
        "Đồng ý và rút đồng ý",
        consents.map(
          ({ purpose, wordingVersion, granted, at }) =>
            `${shortInstant(at)}: ${granted ? "đồng ý" : "rút hoặc không đồng ý"}, ${purpose === PHONE_PURPOSE ? "nhắc qua số điện thoại" : "xử lý dữ liệu để báo cáo"} (nội dung bản ${wordingVersion}).`,
        ),
      ),
      part(
        "Báo cáo đã nộp",
        reports.map(
          ({ code, unitName, period, version, at }) =>
            `${shortInstant(at)}: ${code}, ${unitName}, kỳ ${period}, lần ${inDigits(version)}.`,
        ),
      ),
      part(
        "Câu hỏi và vướng mắc",
        tickets.map(
          ({ code, text, reply, at }) =>
            `${shortInstant(at)}: ${code}. ${text}${reply === null ? "" : ` → Trả lời: ${reply}`}`,
        ),
      ),
      part(
        "Đánh giá câu trả lời",
        opinions.map(
          ({ entryId, helpful, at }) =>
            `${shortInstant(at)}: ${helpful ? "Hữu ích" : "Chưa đúng"} (mục ${entryId}).`,
        ),
      ),
      part(
        "Tin đã gửi cho Cầu Nối",
        messages.map((message) => `${shortInstant(message.at)}: ${saidIn(message)}`),
      ),
    ],
  };
}
