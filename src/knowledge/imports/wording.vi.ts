/** What the office reads about its own files. */
import type { Place } from "./report";

const placeText = ({ sheet, row }: Place): string =>
  sheet === null ? `dòng ${row}` : `trang "${sheet}", dòng ${row}`;
const begin = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const importWording = {
  at: (place: Place, reason: string) => `${begin(placeText(place))}: ${reason}`,

  noQuestion: "thiếu câu hỏi",
  noAnswer: "thiếu câu trả lời",
  noSource: "thiếu nguồn (căn cứ)",
  noDate: "thiếu ngày",
  badDate: (text: string) => `không đọc được ngày "${text}"; xin ghi như 29/9/2025`,
  futureDate: (text: string) => `ngày "${text}" chưa tới`,
  noValue: (column: string) =>
    `ô "${column}" là công thức chưa có giá trị hoặc báo lỗi; xin dán lại dạng giá trị`,
  tooLong: (length: number, most: number) =>
    `câu trả lời dài ${length} ký tự, quá ${most}; xin tách thành nhiều câu hỏi`,
  sameAsRow: (place: Place) => `câu hỏi trùng với ${placeText(place)}`,
  sameAsEntry: (id: string) => `câu hỏi đã có trong bộ hỏi đáp (mục ${id})`,
  extraCells: "có nhiều ô hơn dòng tiêu đề; câu có dấu phân cách cần đặt trong dấu ngoặc kép",
  phrasingLeftOut: (text: string, reason: string) => `bỏ cách hỏi khác "${text}": ${reason}`,
  noHeader: "chưa thấy dòng tiêu đề có hai cột câu hỏi và câu trả lời",
  missingColumns: (names: readonly string[]) => `thiếu cột ${names.join(", ")}`,
  aboveHeader: "đứng trên dòng tiêu đề, không lấy",
  unusedColumn: (title: string) => `cột "${title}" không dùng đến`,

  beforeArticles: (count: number) =>
    `${count} đoạn trước Điều 1 (tên văn bản, căn cứ) không thành mục hỏi đáp`,
  afterArticles: (count: number) =>
    `${count} đoạn từ đây (nơi nhận, chữ ký, phụ lục) không thành mục hỏi đáp`,
  missingArticle: (expected: number, found: number) =>
    `sau Điều ${expected - 1} là Điều ${found}; xin kiểm tra phần ở giữa`,
  noArticles:
    "không thấy điều nào dạng “Điều 1. …”; nếu số điều trong Word đánh tự động, xin lưu lại dạng văn bản (TXT) rồi nhập",
  noDocumentName: 'chưa rõ số, ký hiệu văn bản; xin thêm --document "Nghị quyết 30/2025/NQ-HĐND"',
  noDocumentDate: "chưa rõ ngày ban hành; xin thêm --date 2025-09-29",

  unknownKind: (file: string) => `Chưa nhận được tệp ${file}. Xin dùng XLSX, CSV, DOCX, PDF có chữ hoặc TXT.`,
  unreadable: (file: string, reason: string) => `Không đọc được tệp ${file}: ${reason}`,
  notText: "chữ không theo mã UTF-8; xin lưu lại dạng CSV UTF-8 hoặc TXT UTF-8",
  noText: "tệp PDF không có chữ (có thể là bản quét)",
  tooBig: (megabytes: number) => `tệp lớn hơn ${megabytes} MB`,
  badName: (name: string) =>
    `Tên "${name}" chỉ được có chữ thường không dấu, số và dấu gạch nối. Xin đặt --name khác.`,
  nameTaken: (folder: string) =>
    `Đã có thư mục ${folder}. Xin đặt --name khác, hoặc xóa thư mục đó trước khi nhập lại.`,

  notADraft: (folder: string) => `Không có bản nháp ${folder}.`,
  noEntries: (folder: string) => `Bản nháp ${folder} không còn mục nào.`,
  notApproved: (problems: string) => `Chưa duyệt được, xin sửa các điểm sau rồi duyệt lại:\n${problems}`,
  approved: (count: number, folder: string) =>
    `✅ Đã duyệt ${count} mục, nay ở ${folder}. Chương trình dùng các mục này từ lần khởi động tới.`,

  taken: (count: number, folder: string, name: string) =>
    `✅ Đã nhập ${count} mục vào ${folder}. Xin đọc lại từng mục, sửa nếu cần, rồi chạy: npm run knowledge -- approve ${name}`,
  nothingTaken: "⚠️ Không nhập được mục nào.",
  leftOut: (count: number) => `⚠️ ${count} chỗ không nhập được:`,
  notes: "Xin lưu ý:",
  draftHead: (file: string) =>
    ` Bản nháp nhập từ ${file}. Chưa dùng để trả lời cho tới khi được duyệt.\n# Xin đọc lại từng mục và thêm vào phrasings những cách hỏi của người dân.`,
  usage:
    'Cách dùng: npm run knowledge -- import TỆP [--name TÊN] [--document "Tên văn bản"] [--date NĂM-THÁNG-NGÀY], hoặc npm run knowledge -- approve THƯ_MỤC.',
} as const;
