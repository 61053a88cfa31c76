/** What the doctor says about Zalo: each link of the set-up chain, and where to click when it is broken. */

const CONSOLE = "developers.zalo.me → Ứng dụng của tôi → chọn ứng dụng";
const GRANT_AGAIN = "Quản trị viên OA mở /zalo/authorize, đánh dấu đủ mọi nhóm quyền rồi đồng ý.";

export interface LinkWords {
  readonly title: string;
  readonly advice: string;
}

export const LINKS = {
  token: { title: "Mã truy cập của OA", advice: GRANT_AGAIN },
  reach: {
    title: "Đường tới Zalo",
    advice:
      "Cho phép máy chủ gọi ra openapi.zalo.me, oauth.zaloapp.com và business.openapi.zalo.me qua cổng 443.",
  },
  "app-active": {
    title: "Ứng dụng đang hoạt động",
    advice: `${CONSOLE} → Cài đặt → chuyển trạng thái sang "Đang hoạt động".`,
  },
  "api-registered": {
    title: "Đã đăng ký Official Account API",
    advice: `${CONSOLE} → Official Account → Thiết lập chung → bấm "Đăng ký sử dụng Official Account API".`,
  },
  proof: {
    title: "Chữ ký của lời gọi (appsecret_proof)",
    advice: `${CONSOLE} → Cài đặt → tắt "Yêu cầu appsecret_proof"; kiểm tra lại ZALO_APP_SECRET.`,
  },
  account: {
    title: "Official Account",
    advice:
      "oa.zalo.me → Quản lý → Thông tin tài khoản: OA phải đang mở, và số OA ID phải trùng với ZALO_OA_ID.",
  },
  "grant-account": { title: "Nhóm quyền: thông tin OA", advice: GRANT_AGAIN },
  "grant-messages": { title: "Nhóm quyền: tin nhắn người dùng", advice: GRANT_AGAIN },
  "grant-sending": { title: "Nhóm quyền: gửi tin và thông báo", advice: GRANT_AGAIN },
  verified: {
    title: "OA đã xác thực",
    advice: "oa.zalo.me → Quản lý → Xác thực tài khoản → nộp hồ sơ, chờ Zalo duyệt.",
  },
  package: {
    title: "Gói dịch vụ của OA",
    advice: "oa.zalo.me → Quản lý → Gói dịch vụ → mua hoặc nâng gói có quyền dùng API.",
  },
  funds: {
    title: "Tài khoản Zalo Cloud (ZCA)",
    advice:
      "account.zalo.cloud → Liên kết OA này, rồi Nạp tiền. Chỉ cần khi gửi tin trả phí hoặc tin theo mẫu.",
  },
  quota: {
    title: "Hạn mức tin của gói",
    advice: "oa.zalo.me → Quản lý → Gói dịch vụ → mua thêm tin, hoặc chờ kỳ sau.",
  },
  "template-reminder": {
    title: "Mẫu tin nhắc việc",
    advice: "account.zalo.cloud → ZBS Template Message → mở mẫu, sửa theo lý do từ chối rồi gửi duyệt lại.",
  },
  "template-digest": {
    title: "Mẫu tin bản tổng hợp",
    advice: "account.zalo.cloud → ZBS Template Message → mở mẫu, sửa theo lý do từ chối rồi gửi duyệt lại.",
  },
} as const satisfies Readonly<Record<string, LinkWords>>;

export type LinkId = keyof typeof LINKS;

export const SAID = {
  refusedWith: (code: number) => `Zalo trả lời mã ${code}.`,
  refusedLately: (code: number) => `Tin gửi gần đây bị từ chối với mã ${code}.`,
  fine: "Zalo trả lời bình thường.",
  notAsked: "Chưa kiểm tra được: cần sửa mục hỏng ở trên trước.",
  unclear: (reason: string) => `Zalo chưa trả lời rõ (${reason}); chạy lại sau ít phút.`,
  tokenGood: (until: string) => `Còn hiệu lực đến ${until}; chương trình tự gia hạn.`,
  tokenMissing: "OA chưa cấp quyền cho ứng dụng.",
  tokenSeed: "Có mã làm mới trong cài đặt, chưa đổi lấy mã truy cập.",
  startFirst: "Chạy npm start; chương trình tự đổi mã, rồi chạy lại npm run doctor.",
  tokenRefused: "Zalo đã từ chối gia hạn quyền.",
  tokenStale: (at: string) => `Đã hết hạn lúc ${at}.`,
  tokenNotRenewed: (code: string) => `Chưa gia hạn được (${code}).`,
  tokenVoid: "Zalo không nhận mã truy cập. Có thể một chương trình khác đang dùng chung OA này.",
  account: (name: string) => `OA "${name}".`,
  otherAccount: (found: string, wanted: string) => `Mã truy cập là của OA ${found}, cài đặt ghi ${wanted}.`,
  verified: "Đã xác thực.",
  notVerified: "Chưa xác thực.",
  package: (name: string) => `Gói "${name}".`,
  notTold: "Zalo không cho biết; không thấy dấu hiệu hỏng.",
  fundsLinked: "Đã liên kết.",
  fundsNotLinked: "Chưa liên kết.",
  fundsNotNeeded: "Chưa liên kết; chiến dịch không gửi tin trả phí nên chưa cần.",
  quotaLeft: (left: string, total: string) => `Còn ${left} trên ${total} tin.`,
  noTemplate: "Chưa đặt mã mẫu: người đã quá 7 ngày không nhắn tin sẽ không nhận được.",
  setTemplate: (variable: string) => `Khi mẫu được duyệt, đặt ${variable} rồi khởi động lại.`,
  template: (status: string) => `Trạng thái ${status}.`,
} as const;
