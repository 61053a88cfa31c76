/** The five-question form that every bot of the measurement runs: the same questions, the same number of turns. */
export const LABELS = [
  "Số tin, bài đăng",
  "Số hội nghị, buổi tuyên truyền",
  "Số lượt người tham dự",
  "Số sản phẩm, mô hình, nhiệm vụ đăng ký mới",
  "Số nhiệm vụ hoàn thành",
];
export const OFFER = "Muốn ghi thêm gì không? Không thì nhắn: gửi luôn";
export const RECEIPT = "Đã nhận báo cáo.";
export const checkText = (values) =>
  ["Kiểm tra trước khi gửi", ...LABELS.map((label, i) => `${label}: ${values[i]}`)].join("\n");
/** A whole number that is not negative, or null. */
export const figureOf = (text) => (/^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : null);

export const env = (name) => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

const KEEP_ALIVE_MS = 60_000;
export const listening = (app) => {
  const server = app.listen(0, "127.0.0.1", () => console.log(`PORT ${server.address().port}`));
  // While the others have their rounds, connections are idle for longer than the five seconds that are usual.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
};
