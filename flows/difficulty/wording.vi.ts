/** A difficulty on its way to the receiving office. */
export const titles = { send: "Gửi", rewrite: "Viết lại", up: "Chuyển cấp trên" } as const;

export const wording = {
  notLinked:
    "Khó khăn, vướng mắc được nhận từ đầu mối của đơn vị. Anh/chị gõ “liên kết” kèm mã được cấp để liên kết. Nếu muốn hỏi, anh/chị ghi thành câu hỏi.",
  which: (units: readonly string[]) =>
    ["Vướng mắc này gửi tới đâu?", ...units.map((unit, i) => `${i + 1}. ${unit}`)].join("\n"),
  route: (unit: string, receiver: string) => `${unit} gửi ${receiver}`,
  mine: (items: readonly string[]) => ["Vướng mắc đang mở của anh/chị:", ...items].join("\n"),
  item: (code: string, state: "open" | "answered", text: string) =>
    `• ${code}, ${state === "open" ? "chờ trả lời" : "đã trả lời"}: ${text}`,
  text: "Anh/chị ghi khó khăn, vướng mắc: việc gì đang vướng, vì sao, cần ai hỗ trợ. Gõ “hủy” để thôi.",
  tooLong: (max: number) => `Nội dung dài hơn ${max} ký tự. Xin rút gọn.`,
  confirm: (receiver: string, text: string) => `Gửi vướng mắc sau tới ${receiver}?\n“${text}”`,
  confirmAgain: "Xin bấm Gửi để gửi, hoặc Viết lại.",
  noFiles: "Bước này chỉ nhận chữ.",
  sent: (code: string, receiver: string) =>
    `✅ Đã gửi vướng mắc tới ${receiver}. Mã: ${code}. Câu trả lời sẽ được gửi lại cho anh/chị tại đây.`,
  passedUp: (code: string, office: string) =>
    `Đã chuyển ${code} lên ${office}. Người nêu đã được báo; câu trả lời của cấp trên đến thẳng người nêu.`,
  notHere: (code: string) =>
    `${code} không còn chờ cơ quan của anh/chị xử lý, hoặc không có cấp trên để chuyển.`,
  goneUp: (code: string, office: string, text: string | null) =>
    `📌 Vướng mắc ${code}${text === null ? "" : ` (“${text}”)`} đã được chuyển lên ${office}. Câu trả lời sẽ được gửi lại cho anh/chị tại đây.`,
  left: "Đã dừng, chưa gửi gì.",
} as const;
