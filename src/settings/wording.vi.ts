/** What an operator reads when a setting is wrong: one sentence for each rule, the variable's name in front. */
export const WRONG = {
  port: "phải là số nguyên từ 0 đến 65535",
  host: "phải là tên máy hoặc địa chỉ IP",
  databaseUrl: "phải bắt đầu bằng postgres:// hoặc postgresql://",
  redisUrl: "phải bắt đầu bằng redis:// hoặc rediss://",
  webAddress: "phải là địa chỉ http:// hoặc https:// không kèm tham số",
  encrypted: "phải dùng https://, trừ địa chỉ của chính máy này",
  noSpaces: "không được chứa dấu cách",
  verifier: "phải gồm đúng 43 ký tự chữ cái không dấu, chữ số, _ hoặc -",
  signatureSecret: "phải là oa-secret-key hoặc app-secret",
  signatureFirstTerm: "phải là app-id hoặc oa-id",
  callsPerMinute: "phải là số nguyên từ 1 đến 9999999",
  days: (least: number, most: number) => `phải là số ngày từ ${least} đến ${most}`,
  siteVerification: "chỉ gồm chữ cái không dấu, chữ số và các dấu . _ = -",
  clock: "phải là thời điểm ISO 8601 kèm múi giờ, ví dụ 2025-12-02T08:00:00+07:00",
  devControl: "chỉ nhận 1 (mở) hoặc 0 (đóng)",
  logLevel: "phải là một trong error, warn, info, http, verbose, debug, silly",
} as const;

export const missingCredential = (all: readonly string[]): string =>
  `còn thiếu; chế độ thật cần đủ ${all.join(", ")}`;
export const MISSING_TOKEN = "còn thiếu; chế độ thật bắt buộc có mã truy cập API";
export const unknownCampaign = (known: readonly string[]): string =>
  `không có thư mục này trong config/campaigns (đang có: ${known.join(", ")})`;
export const onlyOnLoopback = (outside: readonly string[]): string =>
  `chỉ được dùng khi mọi địa chỉ Zalo nằm trên chính máy này; chưa đúng: ${outside.join(", ")}`;

export const problemLine = (name: string, sentence: string, value: string | undefined): string =>
  `${name}: ${sentence}${value === undefined ? "" : `; đang là "${value}"`}.`;
export const problemList = (lines: readonly string[]): string =>
  [
    `Cài đặt chưa đúng (${lines.length} lỗi), chương trình chưa khởi động:`,
    ...lines.map((l) => `- ${l}`),
  ].join("\n");
