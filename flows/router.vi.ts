/** What the router itself says, between and outside the conversations. */
import { shortInstant } from "../src/core/clock";
import type { RouterWording } from "../src/conversation/house";

export const routerWording: RouterWording = {
  changed: "Mẫu nhập đã thay đổi nên phần đang làm phải mở lại. Số liệu đã nhập vẫn còn trong bản nháp.",
  oldButton: "Nút này không còn dùng được.",
  goOn: "Mời anh/chị làm tiếp:",
  nothingToLeave: "Hiện không có việc nào đang làm dở.",
  left: "Đã dừng.",
  unreadable: "Tin này chưa đọc được. Anh/chị gõ bằng chữ giúp.",
  filesInForm: "Bước này chưa nhận tệp.",
  officerTookOver: (name, until) =>
    `📌 Cán bộ đang trực tiếp trả lời ${name ?? "một người nhắn tin"} trên Zalo OA. Bot không trả lời người này đến ${shortInstant(until)}, sau đó tự trả lời lại.`,
};
