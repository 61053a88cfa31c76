/** What an operator reads at a backup and a restore. */
interface Held {
  readonly rows: number;
  readonly files: number;
  readonly sha256: string;
  readonly madeAt: string;
}

const held = ({ rows, files, sha256, madeAt }: Held): string =>
  `lập lúc ${madeAt}, ${rows} dòng dữ liệu, ${files} tệp, mã kiểm ${sha256}`;

export const toolWording = {
  backedUp: (file: string, summary: Held) => `✅ Đã sao lưu vào ${file}: ${held(summary)}.`,
  whole: (file: string, summary: Held) => `✅ ${file} còn nguyên vẹn: ${held(summary)}.`,
  restored: (summary: Held) => `✅ Đã khôi phục bản sao lưu ${held(summary)}.`,
  notBackedUp: (status: number) =>
    status === 401
      ? "Chương trình đang chạy không nhận mã truy cập. Đặt ADMIN_TOKEN đúng với chương trình rồi chạy lại."
      : status === 409
        ? "Đang có một lần sao lưu khác; xin chạy lại sau."
        : `Chương trình đang chạy trả lời ${status}; chưa sao lưu được.`,
  stillRunning: (address: string) =>
    `Chương trình đang chạy tại ${address}. Dừng chương trình rồi mới khôi phục.`,
  usage:
    "Cách dùng: npm run restore -- TỆP [--replace] [--check]. --replace bỏ dữ liệu đang có; --check chỉ kiểm tra tệp.",
} as const;
