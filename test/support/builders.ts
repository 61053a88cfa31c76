/** Things a conversation may know, with sensible contents; every part can be replaced. */
import { at, MINUTE_MS } from "../../src/core/clock";
import { foldedWords } from "../../src/core/text";
import type {
  AnswerView,
  CampaignView,
  ClarificationView,
  DigestView,
  EntryView,
  ExtensionView,
  FieldView,
  InvitationView,
  KnowledgeView,
  PersonView,
  ReportView,
  TicketView,
  TurnContext,
} from "../../src/conversation/context";
import type { LiveKnowledge } from "../../src/knowledge/live-knowledge";

/** Tuesday morning of the first full week of the sample campaign. */
export const TUESDAY = at("2025-12-02", "08:00");
export const DUE = at("2025-12-03", "17:00");
export const CLOSES = at("2025-12-10", "17:00");

const figure = (id: string, label: string, example: string, aliases: string[]): FieldView => ({
  id,
  label,
  type: "integer",
  required: true,
  min: 0,
  max: 10_000,
  example,
  aliases,
});

export const FIELDS: readonly FieldView[] = [
  { ...figure("tin_bai", "Số tin, bài đăng", "5", ["tin bai", "tin", "bai"]), usual: { low: 0, high: 80 } },
  figure("hoi_nghi", "Số hội nghị, buổi tuyên truyền", "2", ["hoi nghi", "buoi"]),
  {
    ...figure("luot_nguoi", "Số lượt người tham dự", "300", ["luot nguoi", "nguoi du", "nguoi"]),
    max: 10_000_000,
    usual: { low: 0, high: 6_000 },
  },
  {
    ...figure("luot_tiep_can", "Số lượt tiếp cận trên nền tảng số", "1.250", ["luot tiep can", "luot xem"]),
    required: false,
    max: 1_000_000_000,
  },
  figure("dang_ky_moi", "Số sản phẩm, mô hình, nhiệm vụ đăng ký mới", "1", ["dang ky moi", "dang ky"]),
  figure("hoan_thanh", "Số nhiệm vụ hoàn thành", "1", ["hoan thanh", "nhiem vu hoan thanh"]),
  {
    id: "ket_qua",
    label: "Kết quả nổi bật",
    type: "text",
    required: false,
    maxLength: 500,
    example: "Đã mở chuyên mục trên trang của trường.",
    aliases: ["ket qua"],
  },
  {
    id: "kho_khan",
    label: "Khó khăn, vướng mắc",
    type: "text",
    required: false,
    maxLength: 500,
    example: "Chưa có tài liệu bản ngắn.",
    aliases: ["kho khan", "vuong mac"],
  },
  {
    id: "kien_nghi",
    label: "Kiến nghị, đề xuất",
    type: "text",
    required: false,
    maxLength: 500,
    example: "Đề nghị cấp bộ infographic.",
    aliases: ["kien nghi", "de xuat"],
  },
  {
    id: "minh_chung",
    label: "Tài liệu, hình ảnh minh chứng",
    type: "files",
    required: false,
    example: "ảnh chụp hội nghị",
    aliases: ["minh chung", "anh", "tep"],
  },
];

export const aReport = (changes: Partial<ReportView> = {}): ReportView => ({
  obligationId: "OB1",
  line: "so-gddt",
  lineName: "Báo cáo tuần gửi Sở GD&ĐT",
  receiverUnitCode: "so-gddt",
  receiverName: "Văn phòng Sở GD&ĐT",
  unitCode: "thpt-chu-van-an",
  unitName: "THPT Chu Văn An",
  period: "2025-W49",
  startsOn: "2025-11-27",
  endsOn: "2025-12-03",
  dueAt: DUE,
  closesAt: CLOSES,
  status: "waiting",
  version: 0,
  fields: FIELDS,
  sumRules: [
    {
      part: "luot_nguoi",
      whole: "hoi_nghi",
      message: "Có lượt người tham dự thì phải có ít nhất một hội nghị, buổi tuyên truyền.",
    },
  ],
  draft: null,
  submitted: null,
  lastWeek: null,
  prefill: null,
  passedOn: [],
  attachmentCount: 0,
  extensionPending: false,
  ...changes,
});

export const WHOLE = { tin_bai: 5, hoi_nghi: 2, luot_nguoi: 300, dang_ky_moi: 1, hoan_thanh: 0 };

export const aPerson = (changes: Partial<PersonView> = {}): PersonView => ({
  id: "P1",
  displayName: "Minh",
  optedOut: false,
  consented: false,
  phone: null,
  phoneAgreed: false,
  linkTries: 0,
  linkBlockedUntil: null,
  silentUntil: null,
  memberships: [],
  kept: { since: at("2025-12-01", "09:00"), messages: 3, reports: 0, tickets: 0 },
  ...changes,
});

export const REPORTER = {
  unitCode: "thpt-chu-van-an",
  unitName: "THPT Chu Văn An",
  role: "reporter",
} as const;
export const STAFF = { unitCode: "so-gddt", unitName: "Sở GD&ĐT", role: "staff" } as const;
export const OFFICE_STAFF = { unitCode: "so-khcn", unitName: "Sở KH&CN", role: "staff" } as const;

export const CAMPAIGN: CampaignView = {
  id: "kh-316",
  name: "Đợt cao điểm 90 ngày",
  office: "Sở KH&CN",
  officeUnitCode: "so-khcn",
  consentVersion: "v1",
  extensionMaxDays: 3,
  officerSilenceMs: 30 * MINUTE_MS,
  phoneForm: null,
};

export const anInvitation = (changes: Partial<InvitationView> = {}): InvitationView => ({
  code: "7K2M9QXA",
  unitCode: REPORTER.unitCode,
  unitName: REPORTER.unitName,
  role: "reporter",
  state: "valid",
  ...changes,
});

export const aTicket = (changes: Partial<TicketView> = {}): TicketView => ({
  code: "HD-ABCDEF1",
  kind: "question",
  status: "open",
  text: "Bao giờ có mẫu đăng ký?",
  unitName: null,
  receiverUnitCode: "so-khcn",
  askedByMe: false,
  leadCode: null,
  askers: 1,
  reply: null,
  generalQuestion: null,
  ...changes,
});

export const anExtension = (changes: Partial<ExtensionView> = {}): ExtensionView => ({
  id: "GH-1234567",
  unitName: "THPT Chu Văn An",
  lineName: "Báo cáo tuần gửi Sở GD&ĐT",
  period: "2025-W49",
  until: at("2025-12-05", "17:00"),
  reason: "Trường đang thi.",
  state: "asked",
  receiverUnitCode: "so-gddt",
  ...changes,
});

export const aDigest = (changes: Partial<DigestView> = {}): DigestView => ({
  id: "TH-AAAAAAA",
  line: "so-gddt",
  lineName: "Báo cáo tuần gửi Sở GD&ĐT",
  period: "2025-W49",
  text: "TỔNG HỢP TUẦN 49",
  missing: 3,
  upwardObligationId: null,
  upwardName: null,
  readBy: [],
  ...changes,
});

export const aClarification = (changes: Partial<ClarificationView> = {}): ClarificationView => ({
  code: "LR-ABCDEF1",
  digestId: "TH-AAAAAAA",
  unitCode: REPORTER.unitCode,
  unitName: REPORTER.unitName,
  officeUnitCode: "so-gddt",
  officeName: "Văn phòng Sở GD&ĐT",
  period: "2025-W49",
  label: "Số lượt người tham dự",
  value: 30_000,
  question: "Trường có nhập thừa số 0 không?",
  answer: null,
  askedBy: "P9",
  obligationId: "OB1",
  ...changes,
});

export const anEntry = (changes: Partial<EntryView> & { readonly id: string }): EntryView => ({
  question: `Câu hỏi ${changes.id}?`,
  text: `Trả lời ${changes.id}.`,
  more: null,
  related: [],
  ...changes,
});

/** Part of the words that two questions share, accents left aside. */
function sharedWords(a: string, b: string): number {
  const [ofA, ofB] = [a, b].map((text) => new Set(foldedWords(text).split(" ")));
  const shared = [...(ofA ?? [])].filter((word) => ofB?.has(word) === true).length;
  return (2 * shared) / ((ofA?.size ?? 0) + (ofB?.size ?? 0));
}

/** Answers by exact text; everything else is not understood. */
export function aKnowledge(
  answers: Readonly<Record<string, AnswerView>> = {},
  entries: readonly EntryView[] = [],
): KnowledgeView & Pick<LiveKnowledge, "refresh" | "explain"> {
  const known = new Map(Object.entries(answers));
  return {
    explain: () => {
      throw new Error("nobody asks this one for reasons");
    },
    // A map: people also type "valueOf".
    ask: (text) =>
      known.get(text) ?? { kind: "abstain", text: "Chưa có câu trả lời.", entryIds: [], score: 0 },
    refresh: () => Promise.resolve(),
    entry: (id) => entries.find((entry) => entry.id === id) ?? null,
    resolutions: () => [
      { id: "nq30", title: "Nghị quyết 30" },
      { id: "nq35", title: "Nghị quyết 35" },
    ],
    topics: (resolution) => [{ id: `${resolution}-quy`, title: "Quỹ" }],
    questions: () => entries.map(({ id, question }) => ({ id, question })),
    alike: (text, others) => others.map((other) => sharedWords(text, other)),
    sameAs: (text, others) => {
      const place = others.findIndex((other) => foldedWords(other) === foldedWords(text));
      return place < 0 ? null : place;
    },
  };
}

export const aContext = (changes: Partial<TurnContext> = {}): TurnContext => ({
  campaign: CAMPAIGN,
  person: aPerson(),
  reports: [],
  invitations: new Map(),
  groups: new Map(),
  tickets: [],
  extensions: [],
  delegations: [],
  digests: [],
  digestUnits: new Map(),
  clarifications: [],
  cards: [],
  knowledge: aKnowledge(),
  ...changes,
});
