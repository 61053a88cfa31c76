/** Taking back the agreement that was given when linking. */
export const titles = { withdraw: "Rút đồng ý", keep: "Giữ nguyên" } as const;

export const wording = {
  ask: (units: readonly string[]) =>
    [
      `Rút đồng ý xử lý dữ liệu? Anh/chị sẽ thôi báo cáo, tổng hợp cho ${units.join(", ")} tại đây; bản nháp và số điện thoại đã cho cũng được bỏ.`,
      "Báo cáo đã nộp vẫn giữ. Muốn làm lại, cần mã liên kết mới của cơ quan. Hỏi đáp vẫn dùng được như thường.",
    ].join("\n"),
  askAgain: "Xin bấm Rút đồng ý, hoặc Giữ nguyên.",
  withdrawn: (code: string) =>
    `Đã nhận và thực hiện ngay việc rút đồng ý của anh/chị. Mã xác nhận: ${code}. Đơn vị cần báo cơ quan nhận báo cáo để có đầu mối mới.`,
  kept: "Đồng ý của anh/chị được giữ nguyên.",
  nothing:
    "Anh/chị chưa liên kết đơn vị nào nên không có đồng ý nào để rút. Muốn xóa tin nhắn và tài khoản tại đây, xin gõ “xóa dữ liệu”.",
} as const;
