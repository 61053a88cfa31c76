/** Silence, and its end. */
export const titles = { resume: "Nhận tin lại" } as const;

export const wording = {
  stopped:
    "Đã dừng tin nhắc và bản tổng hợp gửi tới anh/chị. Câu trả lời cho điều anh/chị hỏi vẫn được gửi. Muốn nhận lại, gõ “nhận tin lại”.",
  alreadyStopped: "Tin nhắc đã được dừng từ trước. Muốn nhận lại, gõ “nhận tin lại”.",
  resumed: "Anh/chị sẽ lại nhận tin nhắc và bản tổng hợp. Muốn dừng, gõ “dừng nhận tin”.",
  alreadyOn: "Anh/chị vẫn đang nhận tin. Muốn dừng, gõ “dừng nhận tin”.",
} as const;
