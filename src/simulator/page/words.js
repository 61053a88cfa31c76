/** Words and dates of the page. Hà Nội has one offset all year, so its time is reckoned without a calendar library. */

const OFFSET_MS = 7 * 60 * 60 * 1000;
const WEEKDAYS = ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
const two = (number) => String(number).padStart(2, "0");
const local = (instant) => new Date(instant + OFFSET_MS);

/** `08:05` */
export const timeOf = (instant) =>
  `${two(local(instant).getUTCHours())}:${two(local(instant).getUTCMinutes())}`;
/** `Thứ Ba 02/12/2025` */
export const dayOf = (instant) => {
  const date = local(instant);
  return `${WEEKDAYS[date.getUTCDay()]} ${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`;
};
/** `17:00 Thứ Tư 03/12/2025` */
export const momentOf = (instant) => `${timeOf(instant)} ${dayOf(instant)}`;
/** `17:00 03/12` */
export const shortMomentOf = (instant) => {
  const date = local(instant);
  return `${timeOf(instant)} ${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}`;
};

/** In the order in which the ledger lists them. */
export const STATUSES = {
  submitted: "Đã nộp",
  late: "Nộp muộn",
  nil: "Không phát sinh",
  drafting: "Đang nhập",
  missing: "Quá hạn",
  waiting: "Chưa nộp",
  exempt: "Được miễn",
};
export const NOT_REACHED = "Chưa nhắc được";

const LANES = {
  free: "miễn phí",
  paid: "có phí",
  template: "mẫu tin có phí",
  phone: "theo số điện thoại, có phí",
  group: "nhóm của cơ quan",
};

export const WORDS = {
  nobody: "Chưa có ai. Thêm một người, hoặc bấm Kịch bản mẫu.",
  chooseSomebody: "Tin nhắn của người được chọn hiện ở đây.",
  noMessages: "Chưa có tin nhắn.",
  noPerson: "Chưa chọn ai",
  account: "Trò chuyện với Cầu Nối",
  showPacket: "Xem gói tin",
  hidePacket: "Ẩn gói tin",
  incoming: "Zalo gửi đến chương trình",
  outgoing: "Chương trình gửi đến Zalo",
  tapped: "đã chạm nút",
  answered: (status) => (status === null ? "đang chờ trả lời" : `trả lời HTTP ${status}`),
  fileGone: "Tệp không còn trên máy chủ mô phỏng",
  picture: "Ảnh",
  file: "Tệp",
  unread: (count) => `${count} tin mới`,
  startStory: "Kịch bản mẫu",
  stopStory: "Dừng kịch bản",
  moving: "Đồng hồ đang chạy, chương trình làm mọi việc đến hạn…",
  movedTo: (instant) => `Bây giờ là ${momentOf(instant)}.`,
  due: (instant) => `Hạn nộp ${momentOf(instant)}`,
  opens: (instant) => `Kỳ mở ${momentOf(instant)}`,
  noRows: "Kỳ này chưa mở nên chưa có nghĩa vụ nào.",
  noneFound: "Không có đơn vị nào khớp.",
  searching: "Đang tìm…",
  found: (count) => (count === 0 ? "Không thấy đơn vị nào." : `Thấy ${count} đơn vị.`),
  chooseUnit: "Hãy chọn một đơn vị trong danh sách.",
  digest: (id, instant) => `Bản tổng hợp ${id}, lúc ${shortMomentOf(instant)}`,
  version: (number) => `bản ${number}`,
  rehearsed: (count) =>
    count === 0
      ? "Bảy ngày tới không có tin nào phải gửi."
      : `${count} tin, nếu từ giờ không ai trả lời. Chưa tin nào được gửi.`,
  about: (kind, units) => `${kind === "digest" ? "Bản tổng hợp" : "Nhắc"}: ${units.join("; ")}`,
  way: (lane) => (lane === null ? "không gửi được" : (LANES[lane] ?? lane)),
  offline: "Mất kết nối với chương trình, đang nối lại…",
  failed: "Chưa làm được. Thử lại sau.",
};
