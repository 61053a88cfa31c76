/** What the question engine itself says; everything else is said by the entries. */

export const wording = {
  choices: "Anh/chị muốn hỏi điều nào?",
  abstain:
    "Chưa có câu trả lời cho câu hỏi này trong bộ hỏi đáp về sáu nghị quyết và Kế hoạch 316. Anh/chị thử hỏi lại ngắn hơn, kèm tên nghị quyết.",
  foreign:
    "Câu hỏi này nằm ngoài phạm vi của kênh. Kênh chỉ trả lời về sáu nghị quyết khoa học, công nghệ, đổi mới sáng tạo, chuyển đổi số của Hà Nội và Kế hoạch 316.",
  rude: "Rất tiếc vì đã làm anh/chị không hài lòng. Kênh chỉ trả lời về sáu nghị quyết khoa học, công nghệ của Hà Nội và Kế hoạch 316.",
  source: "Nguồn",
  quoted: "Trích nguyên văn:",
  asOf: "Cập nhật đến",
  answerOf: (office: string) => `Trả lời của ${office}`,
  answersOf: "Trả lời của cán bộ",
  unknownTicket: (code: string) => `Không có phiếu "${code}".`,
  ticketClosed: (code: string) => `Phiếu ${code} đã đóng.`,
  ticketNotOpen: (code: string) => `Phiếu ${code} không còn chờ trả lời.`,
  sameTicket: (code: string, into: string) => `Phiếu ${code} và ${into} đã là một.`,
  notAQuestion: (code: string) => `Phiếu ${code} không phải câu hỏi.`,
  otherOffice: (code: string, into: string) => `Phiếu ${code} và ${into} thuộc hai cơ quan khác nhau.`,
  notAnswered: (code: string) => `Phiếu ${code} chưa có câu trả lời.`,
  notPublished: (code: string) => `Phiếu ${code} không có câu trả lời chung đang dùng.`,
  outdated: (day: string) => `⚠️ Nội dung này áp dụng đến ngày ${day}; nay có thể đã có quy định thay thế.`,
} as const;
