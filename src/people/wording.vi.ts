/** What this room says to callers of the API and to the log of refused turns. */
export const peopleWording = {
  notHead: "Chỉ đầu mối được cơ quan nhận báo cáo cấp mã mới ủy quyền cho người khác được.",
} as const;
