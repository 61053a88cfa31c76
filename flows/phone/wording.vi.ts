/** A phone number for reminders: what it is for, and how it goes again. */
export const titles = {
  give: "Nhận tin nhắc qua số điện thoại",
  drop: "Bỏ số điện thoại",
} as const;

export const wording = {
  offer:
    "Để không lỡ hạn khi lâu ngày chưa nhắn Zalo OA, anh/chị có thể cho số điện thoại, chỉ dùng để nhắc báo cáo.",
  formTitle: "Số điện thoại nhận tin nhắc báo cáo",
  formPurpose: (office: string) =>
    `${office} chỉ dùng số này để nhắc báo cáo khi tin Zalo OA không gửi được. Gửi là đồng ý; bỏ lúc nào cũng được ở “dữ liệu của tôi”.`,
  asked:
    "Anh/chị bấm vào khung trên để gửi số. Không gửi cũng được: tin nhắc vẫn đến qua Zalo OA như thường lệ.",
  saved:
    "✅ Đã lưu số điện thoại, chỉ dùng để nhắc báo cáo khi tin Zalo OA không gửi được. Muốn bỏ, gõ “bỏ số điện thoại”.",
  already: "Anh/chị đã cho số điện thoại nhận tin nhắc. Muốn đổi số, xin bỏ số cũ trước.",
  dropped: "Đã xóa số điện thoại. Tin nhắc chỉ gửi qua Zalo OA.",
  notOffered: "Hiện chưa nhắc qua số điện thoại, nên không cần cho số.",
  kept: (masked: string) => `• Số điện thoại nhận tin nhắc: ${masked}.`,
} as const;
