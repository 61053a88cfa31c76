/** What the doctor says about this side: settings, database, address, people. */
const links = {
  settings: {
    title: "Cài đặt",
    advice: "Đặt ZALO_APP_ID, ZALO_APP_SECRET, ZALO_OA_ID, ZALO_OA_SECRET_KEY và ADMIN_TOKEN để chạy thật.",
  },
  database: { title: "Cơ sở dữ liệu", advice: "Kiểm tra DATABASE_URL và máy chủ PostgreSQL." },
  replicas: {
    title: "Số bản chạy và Redis",
    advice: "Đặt REDIS_URL cho mọi bản chạy, hoặc chỉ để một bản chạy.",
  },
  clock: { title: "Đồng hồ máy chủ", advice: "Bật đồng bộ giờ: timedatectl set-ntp true." },
  staff: { title: "Người nhận báo động", advice: "" },
  address: {
    title: "Địa chỉ công khai và tên miền",
    advice:
      "Đặt PUBLIC_URL là https://<tên miền> không kèm cổng, trỏ tên miền về máy chủ này, mở cổng 443 (Caddy trong docker-compose.yml lo chứng chỉ).",
  },
  webhook: {
    title: "Webhook nhận được tin",
    advice:
      'developers.zalo.me → Ứng dụng của tôi → chọn ứng dụng → Webhook → điền <PUBLIC_URL>/webhook/zalo, bật các sự kiện người dùng, tắt "Lọc cú pháp", rồi nhắn thử cho OA.',
  },
} as const;

export const DOCTOR = {
  links,
  simulator: "Chế độ mô phỏng: chưa đặt tài khoản Zalo.",
  live: "Đủ thông tin để chạy thật.",
  shortToken: "ADMIN_TOKEN ngắn, dễ bị dò.",
  longerToken: "Đặt ADMIN_TOKEN dài hơn, ví dụ kết quả của: openssl rand -hex 24.",
  database: (isServer: boolean, tookMs: number) =>
    `${isServer ? "PostgreSQL" : "Cơ sở dữ liệu nhúng"} trả lời trong ${tookMs} ms.`,
  alone: "Một bản chạy, không cần Redis.",
  withRedis: (programs: number) => `Redis trả lời; ${programs} bản đang nối cơ sở dữ liệu.`,
  withoutRedis: (programs: number) =>
    `${programs} bản đang chạy mà không có Redis: quyền của OA có thể bị mất.`,
  redisSilent: "Redis không trả lời.",
  clockUnknown: "Chưa hỏi được giờ của Zalo.",
  skew: (seconds: number) => `Lệch ${Math.abs(seconds)} giây so với Zalo.`,
  nobody: "Chưa có cán bộ nào của cơ quan phụ trách: báo động chỉ nằm trong nhật ký.",
  invite: (office: string) =>
    `Tạo mã mời: POST /api/v1/invitations {"unitCode":"${office}","role":"staff"}, rồi cán bộ nhắn "liên kết <mã>" cho OA.`,
  staff: (count: number) => `${count} cán bộ nhận báo động qua Zalo.`,
  addressSimulated: "Không cần ở chế độ mô phỏng.",
  addressWrong: (url: string) => `PUBLIC_URL đang là ${url}.`,
  addressSilent: (url: string) => `${url} không trả lời.`,
  noVerification: "Trang trả lời, chưa có mã xác thực tên miền.",
  verify:
    "developers.zalo.me → Ứng dụng của tôi → chọn ứng dụng → Xác thực domain → chép mã vào ZALO_SITE_VERIFICATION, khởi động lại rồi bấm Xác thực.",
  verified: (url: string) => `${url} trả lời và mang mã xác thực.`,
  otherPage: (url: string) => `${url} trả lời nhưng không phải trang của chương trình này.`,
  neverSeen: "Chưa nhận được sự kiện nào.",
  seen: (at: string, minutes: number, hours: number) =>
    `Sự kiện gần nhất lúc ${at} (${hours > 0 ? `${hours} giờ` : `${minutes} phút`} trước).`,
} as const;
