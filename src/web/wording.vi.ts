/** What callers of the API and visitors of the page read. */
export const NO_CONTROL_CHARACTERS = "không được chứa ký tự điều khiển";
export const NOT_AN_INSTANT = "phải là thời điểm ISO 8601 kèm múi giờ, ví dụ 2025-12-05T17:00:00+07:00";
export const MISSING = "còn thiếu";
export const NOT_A_FILE = (media: readonly string[]): string =>
  `phải là nội dung tệp, với Content-Type là một trong: ${media.join(", ")}`;

export const ERROR_WORDS = {
  "bad-request": "Yêu cầu chưa đúng; chi tiết nêu từng chỗ cần sửa.",
  "bad-body": "Không đọc được nội dung gửi lên.",
  "too-large": "Nội dung gửi lên quá lớn.",
  unauthorized: "Cần mã truy cập đúng trong tiêu đề Authorization.",
  "too-many-attempts": "Đã thử sai mã truy cập quá nhiều lần; xin thử lại sau.",
  "too-many-requests": "Địa chỉ này mở trang quá nhiều lần; xin thử lại sau một phút.",
  "not-found": "Không có địa chỉ này.",
  "not-stored": "Chưa lưu được; xin gửi lại.",
  changed: "Dữ liệu vừa thay đổi; xin thử lại.",
  unavailable: "Hệ thống tạm thời chưa phục vụ được; xin thử lại sau.",
  internal: "Có lỗi ở phía hệ thống.",
  "time-in-the-past": "Đồng hồ chỉ chạy về phía trước.",
  "not-idle": "Vẫn còn việc đang làm.",
} as const;
export type ErrorCode = keyof typeof ERROR_WORDS;

export const GRANT = {
  title: "Cấp quyền cho Cầu Nối",
  ask: "Trang dành cho quản trị viên của Zalo Official Account. Nhập mã truy cập (ADMIN_TOKEN) để nhận đường dẫn cấp quyền.",
  steps: [
    "Trên developers.zalo.me, trong phần Official Account của ứng dụng, lưu địa chỉ callback ghi dưới đây, đúng từng ký tự, và đánh dấu đủ mọi nhóm quyền.",
    "Nhập mã truy cập bên dưới để nhận đường dẫn.",
    "Mở đường dẫn, đăng nhập Zalo bằng tài khoản quản trị viên của OA, đánh dấu đủ các nhóm quyền rồi đồng ý.",
  ],
  callback: "Địa chỉ callback:",
  otherWay:
    "Nếu Zalo báo lỗi -14003: lấy code verifier trên developers.zalo.me, đặt vào ZALO_OAUTH_VERIFIER, khởi động lại, rồi mở đường dẫn do trang đó tạo. Cách cuối: lấy refresh token bằng API Explorer, đặt vào ZALO_REFRESH_TOKEN rồi khởi động lại.",
  token: "Mã truy cập",
  next: "Tiếp tục",
  wrong: "⚠️ Mã truy cập chưa đúng.",
  tooMany: "⚠️ Đã thử sai quá nhiều lần; xin thử lại sau ít phút.",
  ready:
    "Bấm đường dẫn dưới đây, đăng nhập Zalo bằng tài khoản quản trị viên của OA và đánh dấu đủ các nhóm quyền. Đường dẫn dùng được một lần trong 10 phút.",
  link: "Mở trang cấp quyền của Zalo",
  again: "Làm lại từ đầu",
  outcome: {
    granted: "✅ OA đã cấp quyền. Tin nhắn đang chờ sẽ được gửi trong vòng nửa giờ.",
    denied: "⚠️ Zalo không gửi mã cấp quyền. Quyền chưa thay đổi.",
    "stale-link": "⚠️ Đường dẫn cấp quyền đã dùng hoặc đã quá 10 phút. Quyền chưa thay đổi.",
    "other-account": "⚠️ Quyền vừa cấp là của một OA khác với OA đang cài đặt nên không được dùng.",
    failed:
      "⚠️ Chưa đổi được mã cấp quyền với Zalo. Xin làm lại; nếu vẫn vậy, kiểm tra địa chỉ callback ghi dưới đây và các nhóm quyền của ứng dụng trên trang quản trị Zalo.",
  },
} as const;

export const HOME = {
  invitation:
    "Anh/chị hỏi đáp, nhận nhắc việc và gửi báo cáo tuần bằng cách nhắn tin cho Zalo Official Account của chiến dịch.",
  office: (name: string) => `Cơ quan phụ trách: ${name}.`,
  simulator: "Mở trang mô phỏng",
} as const;

/** Said of a question that everybody will read. */
export const showsPersonal = (what: string): string =>
  `Câu hỏi chung không được chứa ${what}. Xin viết lại cho mọi người cùng đọc được.`;
