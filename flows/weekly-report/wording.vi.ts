/** What is said while a weekly report is taken. People are "anh/chị"; sentences are short and end. */
import { shortInstant, spokenInstant, type Instant } from "../../src/core/clock";
import { inDigits, inWords } from "../../src/core/number-words";
import type { NumberFault } from "../../src/core/vietnamese-number";
import type { FieldView, ReportView } from "../../src/conversation/context";
import { capitalised, dueText, periodName, periodWithDays } from "../naming.vi";

export const titles = {
  report: "Báo cáo",
  nil: "Không phát sinh",
  copy: "Như tuần trước",
  sendNow: "Gửi luôn",
  send: "Gửi",
  edit: "Sửa",
  seeAgain: "Xem báo cáo đã nộp",
  later: "Để sau",
  right: "Đúng",
  retype: "Nhập lại",
  blank: "Để trống",
  done: "Xong",
  takeOver: "Làm tiếp",
  confirmNil: "Xác nhận gửi",
  chooseTexts: "Chọn ý đưa lên",
  allTexts: "Tất cả",
  noTexts: "Không",
  withFigures: "Nhập số liệu",
  moreTime: "Xin thêm thời gian",
  other: (report: ReportView) => `Nộp ${periodName(report.period)}`,
} as const;

const faults: Readonly<Record<NumberFault | "out-of-range", string>> = {
  empty: "Chưa đọc được số.",
  "not-a-number": "Chưa đọc được số trong tin này.",
  negative: "Số liệu không thể là số âm.",
  fraction: "Mục này cần một số nguyên.",
  range: "Xin nhập một số, không nhập khoảng.",
  several: "Tin này có nhiều số. Xin nhập một số, hoặc ghi tên mục sau mỗi số.",
  date: "Đây giống ngày giờ, chưa phải số liệu.",
  phone: "Đây giống số điện thoại, chưa phải số liệu.",
  unclear: "Số này có thể hiểu theo nhiều cách. Xin ghi đủ các chữ số.",
  "too-large": "Số này quá lớn.",
  "out-of-range": "Số này ngoài giới hạn của mục.",
};

const limits = ({ min, max }: FieldView): string =>
  max === undefined ? "" : ` Giới hạn từ ${inDigits(min ?? 0)} đến ${inDigits(max)}.`;

const spoken = (value: number): string =>
  value >= 1000 ? `${inDigits(value)} (${inWords(value)})` : inDigits(value);

export const wording = {
  notLinked:
    "Để nộp báo cáo, anh/chị cần liên kết với đơn vị trước. Gõ “liên kết” kèm mã được cấp, ví dụ: liên kết 7K2M9QXA. Chưa có mã, xin hỏi cơ quan nhận báo cáo của đơn vị.",
  nothingOpen: "Hiện chưa có báo cáo nào đang mở. Khi kỳ mới mở, tin nhắc sẽ được gửi tới anh/chị.",
  gone: (office: string) =>
    `Kỳ báo cáo này đã đóng nên không nhận thêm được. Cần bổ sung, xin liên hệ cơ quan nhận báo cáo hoặc ${office}.`,
  closed: (report: ReportView) =>
    `Báo cáo ${periodName(report.period)} của ${report.unitName} đã đóng lúc ${shortInstant(report.closesAt)} nên không nhận thêm được. Cần bổ sung, xin liên hệ ${report.receiverName}.`,
  exempt: (report: ReportView) => `${report.unitName} được miễn báo cáo ${periodName(report.period)}.`,

  choose: "Anh/chị muốn làm báo cáo nào?",
  chooseAgain: "Xin bấm một nút, hoặc gõ số thứ tự của báo cáo.",

  begin: (report: ReportView, example: string) =>
    `Báo cáo ${periodWithDays(report)} của ${report.unitName} gửi ${report.receiverName}, ${dueText(report)}. Có thể nhập nhiều số một lần, ví dụ: ${example}.`,
  overdue: (report: ReportView) =>
    `Đã quá hạn ${spokenInstant(report.dueAt)}. Nộp bây giờ vẫn được ghi nhận, có ghi chú nộp muộn.`,
  resume: (report: ReportView, filled: number, all: number) =>
    `Báo cáo ${periodName(report.period)} của ${report.unitName} đang nhập ${filled}/${all}. Mời anh/chị làm tiếp.`,
  noLastWeek: "Chưa có báo cáo tuần trước để chép lại.",
  copied: "Đã chép số liệu tuần trước. Anh/chị kiểm tra và sửa những mục thay đổi.",
  prefilled: "Số liệu dưới đây được cộng sẵn từ báo cáo của các đơn vị.",
  colleague: (report: ReportView, filled: number, all: number) =>
    `Đồng nghiệp đang nhập báo cáo ${periodName(report.period)} của ${report.unitName} (${filled}/${all}), cập nhật lúc ${shortInstant(report.draft?.updatedAt ?? 0)}. Anh/chị có muốn làm tiếp từ bản này không?`,
  notKept: "Nội dung vừa gửi chưa được ghi vào báo cáo.",
  leftToColleague: "Báo cáo được để cho đồng nghiệp làm tiếp.",

  required: (label: string, place: number, all: number) => `(${place}/${all}) ${label}`,
  example: (example: string) => `Ví dụ: ${example}`,
  now: (value: string) => `Hiện tại: ${value}.`,
  canBeBlank: "Chưa có số, anh/chị có thể để trống; mục này sẽ được ghi “cần kiểm tra”.",
  refused: (reason: NumberFault | "out-of-range", field: FieldView) =>
    reason === "out-of-range" || reason === "too-large" ? faults[reason] + limits(field) : faults[reason],
  tooLong: (length: number, max: number) =>
    `Nội dung dài ${inDigits(length)} ký tự, nhiều hơn mức ${inDigits(max)}. Xin rút gọn.`,
  wantsText: "Mục này cần ghi bằng chữ.",
  keptMarked: (label: string) => `Đã ghi ${label} và đánh dấu “cần kiểm tra”.`,
  leftBlank: (label: string) => `Đã để trống ${label} và đánh dấu “cần kiểm tra”.`,
  noted: (items: readonly string[]) => `Đã ghi: ${items.join("; ")}.`,
  unclearParts: (parts: readonly string[]) =>
    `Chưa rõ ${parts.map((part) => `“${part}”`).join(", ")} thuộc mục nào.`,
  atFirst: "Đây là mục đầu tiên.",

  doubt: (field: FieldView, value: number) =>
    `${field.label}: ${spoken(value)}. ${field.usual === undefined ? "" : `Số thường gặp là từ ${inDigits(field.usual.low)} đến ${inDigits(field.usual.high)}. `}Đúng không ạ?`,
  doubtAgain: "Xin bấm Đúng nếu số này đúng, hoặc nhập số khác.",

  extras: (lines: readonly string[]) =>
    `Đã đủ các mục bắt buộc. Anh/chị có muốn bổ sung mục nào không?\n${lines.join("\n")}\nKhông bổ sung thì bấm Gửi luôn.`,
  filledIn: "đã nhập",
  extrasAgain: "Xin bấm tên mục muốn bổ sung, gõ số thứ tự, hoặc bấm Gửi luôn.",
  removed: (label: string) => `Đã bỏ trống ${label}.`,

  evidence: (label: string, files: number) =>
    `${label}: ${files === 0 ? "chưa có tệp nào" : `đã có ${inDigits(files)} tệp`}. Mời anh/chị gửi ảnh hoặc tệp, gửi hết thì bấm Xong. Không gửi tài liệu mật; nên che mặt trẻ em và số giấy tờ.`,
  evidenceKept: (count: number, total: number) =>
    `Đã nhận ${inDigits(count)} tệp minh chứng, tổng cộng ${inDigits(total)} tệp.`,
  evidenceKeptFor: (report: ReportView, count: number, total: number) =>
    `Đã nhận ${inDigits(count)} tệp minh chứng cho báo cáo ${periodName(report.period)} của ${report.unitName}, tổng cộng ${inDigits(total)} tệp.`,
  onlyPicturesAndFiles: "Minh chứng cần là ảnh hoặc tệp văn bản; âm thanh và video chưa nhận được.",
  evidenceForWhich:
    "Đang có nhiều báo cáo nên chưa rõ tệp này thuộc báo cáo nào. Anh/chị bấm Báo cáo để chọn, rồi gửi lại tệp.",
  evidenceNoReport: "Tệp chỉ nhận kèm báo cáo đang mở. Hiện anh/chị chưa có báo cáo nào đang mở.",
  evidenceNotLinked:
    "Tệp chỉ nhận kèm báo cáo của đơn vị. Nếu cần hỏi, anh/chị gõ câu hỏi bằng chữ. Nếu là đầu mối báo cáo, gõ “liên kết” kèm mã được cấp.",

  checkHead: (report: ReportView) =>
    `Kiểm tra báo cáo ${periodWithDays(report)} của ${report.unitName} gửi ${report.receiverName}:`,
  sentHead: (report: ReportView) =>
    `Báo cáo ${periodWithDays(report)} của ${report.unitName} đã nộp${report.version > 1 ? ` (bản sửa ${report.version})` : ""}:`,
  sentNil: "Không phát sinh.",
  checkEnd: "Đúng rồi thì bấm Gửi.",
  sentEnd: "Cần điều chỉnh thì bấm Sửa.",
  line: (label: string, value: string) => `• ${label}: ${value}`,
  toCheck: "⚠️ cần kiểm tra",
  blankLine: "để trống",
  warning: (message: string) => `⚠️ ${message}`,
  fixOrSend: "Anh/chị sửa lại, hoặc vẫn gửi thì số này được đánh dấu “cần kiểm tra”.",
  value: (value: number | string) => (typeof value === "number" ? spoken(value) : value),
  evidenceLine: (files: number) => `${inDigits(files)} tệp`,
  stillMissing: (label: string) => `Còn thiếu ${label}.`,
  unchanged: "Báo cáo đã nộp và chưa có gì thay đổi.",
  checkAgain: "Xin bấm Gửi để nộp, Sửa để điều chỉnh, hoặc Để sau.",
  overtaken: (report: ReportView) =>
    `Đồng nghiệp vừa nộp bản ${report.version} của báo cáo này. Anh/chị xem lại rồi hãy gửi.`,

  texts: (lines: readonly string[], more: number) =>
    [
      "Chọn ý đưa lên cấp trên. Anh/chị gõ số, ví dụ: 1,3,4.",
      ...lines,
      ...(more === 0 ? [] : [`Còn ${inDigits(more)} ý nữa trong bản tổng hợp.`]),
    ].join("\n"),
  textLine: (place: number, label: string, text: string) => `${place}. ${label}, ${text}`,
  textsAgain: (last: number) =>
    `Xin gõ số của các ý từ 1 đến ${inDigits(last)}, cách nhau bằng dấu phẩy, hoặc bấm Tất cả, Không.`,
  textsTooLong: (label: string, length: number, max: number) =>
    `${label}: các ý đã chọn dài ${inDigits(length)} ký tự, nhiều hơn mức ${inDigits(max)}. Xin chọn ít ý hơn.`,

  edit: (lines: readonly string[]) =>
    `Anh/chị muốn sửa mục nào? Bấm nút, gõ số thứ tự hoặc tên mục.\n${lines.join("\n")}`,
  editLine: (place: number, label: string, value: string) => `${place}. ${label}: ${value}`,
  empty: "chưa có",
  editAgain: "Chưa rõ mục cần sửa. Xin gõ số thứ tự hoặc tên mục.",

  nil: (report: ReportView) =>
    `Xác nhận ${report.unitName} không phát sinh nội dung nào trong ${periodWithDays(report)}?`,
  nilReplaces: "Số liệu đã nhập sẽ không được gửi.",
  nilReplacesSent: "Bản đã nộp sẽ được thay bằng bản không phát sinh.",
  nilAlready: (report: ReportView) =>
    `${report.unitName} đã báo không phát sinh cho ${periodName(report.period)}. Có số liệu thì bấm Sửa.`,
  nilAgain: "Xin bấm Xác nhận gửi nếu tuần này không phát sinh, hoặc Nhập số liệu.",

  receipt: (report: ReportView, { nil, version, code, now }: Receipt) =>
    `✅ Đã nhận ${version > 1 ? `bản sửa ${version} của ` : ""}báo cáo ${nil ? "không phát sinh " : ""}${periodName(report.period)} của ${report.unitName} lúc ${shortInstant(now)}. Mã: ${code}.`,
  onTime: (report: ReportView) =>
    `Nộp đúng hạn. Bản tổng hợp gửi ${report.receiverName} lúc ${spokenInstant(report.dueAt)}.`,
  late: (report: ReportView) =>
    `Nộp muộn so với hạn ${spokenInstant(report.dueAt)}, số liệu vẫn được ghi nhận và chuyển tới ${report.receiverName}.`,
  amended: (report: ReportView) =>
    `Nếu số cũ đã vào bản tổng hợp, ${report.receiverName} sẽ được báo phần điều chỉnh.`,
  amendUntil: (report: ReportView) =>
    `Cần sửa, anh/chị gõ “báo cáo” trước ${shortInstant(report.closesAt)}. Cảm ơn anh/chị, hẹn gặp lại kỳ sau.`,

  later: (report: ReportView) =>
    `Đã giữ bản nháp báo cáo ${periodName(report.period)} đến ${shortInstant(report.closesAt)}. Gõ “báo cáo” để làm tiếp.`,
  leftChoosing: "Đã dừng. Gõ “báo cáo” khi anh/chị muốn làm tiếp.",
  leftSent: (report: ReportView) => `${capitalised(periodName(report.period))}: giữ nguyên bản đã nộp.`,
} as const;

interface Receipt {
  readonly nil: boolean;
  readonly version: number;
  readonly code: string;
  readonly now: Instant;
}
