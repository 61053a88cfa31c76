/** Every sentence the simulator says on its own: refusals, names it makes up, and the captions of the story. */

export const WORDING = {
  unknownPerson: "Không có người này trong trang mô phỏng.",
  unknownButton: "Nút này không còn nữa.",
  unknownRole: "Không có vai này.",
  unitNeeded: "Cần chọn đơn vị cho vai này.",
  unknownLine: "Không có luồng báo cáo này.",
  tooManyPeople: (most: number) =>
    `Trang mô phỏng giữ tối đa ${most} người. Xóa tệp simulator.json để bắt đầu lại.`,
  notDelivered: (status: number) => `Chương trình chưa nhận tin (HTTP ${status}). Thử lại sau.`,
  emptyFile: "Tệp trống.",
  clockBusy: "Đồng hồ đang chạy, đợi một chút.",
  storyRuns: "Kịch bản đang chạy. Bấm Dừng trước.",
  nothingAhead: "Không còn mốc nào phía trước.",
  badRequest: "Yêu cầu chưa đúng.",
  linkWords: (code: string) => `liên kết ${code}`,
  nameOf: (role: string, unit: string | null) => (unit === null ? role : `${role} ${unit}`),
  unnamedFile: "tep-dinh-kem",
} as const;

/** What the narrator says; each caption is read in two or three seconds. */
export const CAPTIONS = {
  citizenAsks: "Một người dân hỏi, gõ không dấu.",
  citizenReads: "Câu trả lời kèm nguồn và ngày, không tự bịa.",
  staffLinks: (name: string) => `${name} liên kết bằng mã mời.`,
  reporterLinks: (unit: string) => `${unit} liên kết: một tin nhắn và một lần đồng ý.`,
  returns: (name: string) => `${name} đã liên kết từ trước, nhắn một tin để mở lại cuộc trò chuyện.`,
  clockToReminder: "Đồng hồ chạy đến lần nhắc kế tiếp.",
  reminderCame: "Lời nhắc đến, có sẵn nút để làm ngay.",
  thoroughReports: (unit: string) => `${unit} gửi mọi số liệu trong một tin.`,
  receiptCame: "Đã nhận, có mã và giờ.",
  onlyUnfinished: "Lần nhắc sau chỉ đến nơi chưa nộp.",
  quietReports: (unit: string) => `${unit} không phát sinh: chạm nút và xác nhận.`,
  silentWaits: (unit: string) => `${unit} im lặng. Đồng hồ chạy đến hạn.`,
  digestCame: "Đúng hạn, bản tổng hợp đến cán bộ: ai đã nộp, cộng lại là bao nhiêu, còn thiếu ai.",
  lateReports: (unit: string) => `${unit} nộp muộn: vẫn nhận, có ghi là muộn.`,
  amends: (unit: string) => `${unit} sửa một số liệu đã gửi.`,
  staffTold: "Cán bộ được báo một lần về báo cáo muộn và số đã sửa.",
  finished: "Hết kịch bản. Mời anh/chị tự thử: chọn một người và nhắn tin.",
  stopped: "Đã dừng kịch bản.",
  failed: "Kịch bản dừng giữa chừng, xem nhật ký của chương trình.",
} as const;
