/** What stands around the answers; the answers themselves come from the entries. */
export const titles = {
  good: "Hữu ích",
  bad: "Chưa đúng",
  more: "Xem thêm",
  toOfficer: "Gửi câu hỏi cho cán bộ",
  browse: "Xem theo nghị quyết",
  further: "Xem tiếp",
} as const;

const list = (head: string, lines: readonly string[]): string =>
  [head, ...lines.map((line, i) => `${i + 1}. ${line}`)].join("\n");

export const wording = {
  officerOffer:
    "Hỏi lại mà vẫn chưa có câu trả lời thì câu hỏi sẽ được chuyển cho cán bộ. Muốn chuyển ngay, anh/chị bấm nút bên dưới.",
  gapOffer: "Cần biết thêm, anh/chị bấm nút bên dưới để gửi câu hỏi cho cán bộ.",
  opened: (code: string, office: string) =>
    `Câu hỏi đã được chuyển cho ${office}. Mã câu hỏi: ${code}. Câu trả lời sẽ được gửi lại cho anh/chị tại đây.`,
  waiting: (code: string, office: string) =>
    `Câu hỏi này của anh/chị đang chờ ${office} trả lời, mã ${code}. Câu trả lời sẽ được gửi lại cho anh/chị tại đây.`,
  whatToSend: "Anh/chị gõ câu hỏi muốn gửi cho cán bộ.",
  thanks: "Cảm ơn anh/chị đã đánh giá.",
  sorry: "Cảm ơn anh/chị đã báo. Anh/chị hỏi lại theo cách khác, hoặc gửi câu hỏi cho cán bộ.",
  gone: "Nội dung này không còn nữa. Anh/chị gõ lại câu hỏi.",
  resolutions: (titles: readonly string[]) => list("Anh/chị muốn hỏi về phần nào?", titles),
  topics: (titles: readonly string[]) => list("Anh/chị quan tâm chủ đề nào?", titles),
  questions: (questions: readonly string[]) => list("Anh/chị chọn câu hỏi:", questions),
  pickAgain: "Xin bấm một nút hoặc gõ số thứ tự.",
} as const;
