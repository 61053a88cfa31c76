/** What the doctor's command says around its findings. */
export const TOOL = {
  heading: {
    program: "Kiểm tra thiết lập Cầu Nối (do chương trình đang chạy trả lời)",
    doctor: "Kiểm tra thiết lập Cầu Nối (chương trình chưa chạy ở máy này)",
  },
  states: { ok: "ĐẠT", warn: "LƯU Ý", fail: "HỎNG", unknown: "CHƯA RÕ" },
  todo: (advice: string) => `→ ${advice}`,
  summary: (broken: number, warned: number, unknown: number) =>
    broken === 0 && warned === 0 && unknown === 0
      ? "✅ Mọi mục đều đạt."
      : `${broken === 0 ? "✅" : "⚠️"} ${broken} mục hỏng, ${warned} mục lưu ý, ${unknown} mục chưa rõ.`,
  wrongToken: (url: string) =>
    `Chương trình đang chạy ở ${url} không nhận ADMIN_TOKEN này. Đặt ADMIN_TOKEN như khi khởi động chương trình rồi chạy lại.`,
  inUse: (folder: string, address: string) =>
    `Một chương trình khác đang dùng ${folder} nhưng không trả lời ở ${address}. Nếu nó vừa khởi động, chờ ít giây; nếu chạy ở cổng khác, đặt HOST và PORT như của nó rồi chạy lại.`,
  notOurs: (url: string, status: number) =>
    `${url} trả lời ${status}: cổng này đang do chương trình khác, hoặc bản cũ của Cầu Nối, sử dụng.`,
} as const;
