/** What offices write above their columns, and the marks by which legal documents are divided (Nghị định 30/2020/NĐ-CP, Phụ lục I). */

export const COLUMNS = {
  question: ["question", "câu hỏi", "hỏi", "nội dung hỏi", "nội dung câu hỏi"],
  answer: ["answer", "trả lời", "câu trả lời", "đáp", "đáp án", "nội dung trả lời"],
  source: ["source", "nguồn", "căn cứ", "nguồn căn cứ", "căn cứ pháp lý", "cơ sở pháp lý", "văn bản"],
  date: ["date", "ngày", "ngày tháng", "ngày cập nhật", "cập nhật đến", "ngày ban hành", "thời điểm"],
  phrasings: ["phrasings", "cách hỏi khác", "câu hỏi khác", "cách diễn đạt khác"],
  keywords: ["keywords", "từ khóa", "tên gọi khác", "cách gọi khác"],
} as const;

/** Points are counted by the Vietnamese alphabet. */
export const POINTS = "abcdđeghiklmnopqrstuvxy";

export const MARKS = {
  chapter: /^(?:chương|mục|phần)\s+(?:[ivxlc]+|\d+)(?:$|[.:]\s*(.*)$)/iu,
  article: /^Điều\s+(\d{1,3})\s*[.:]\s*(.*)$/iu,
  clause: /^(\d{1,2})\.\s+\S/u,
  point: /^([a-zđ])\)\s+\S/u,
  bullet: /^[-+*•–]\s/u,
  /** Behind the last article: addressees, signatures, annexes, and the title of what was passed with the document. */
  end: /^(?:Nơi nhận\s*:|PHỤ LỤC|Phụ lục\s*[IVX\d]*$|TM\. |KT\. |CHỦ TỊCH$|QUY ĐỊNH$|QUY CHẾ$|ĐỀ ÁN$)/u,
  grounds: /^Căn cứ /u,
  number: /số\s*:?\s*(\d{1,4}(?:\/20\d\d)?\/(NQ|KH|QĐ|NĐ)(?:-[\p{Lu}&]+)?)/iu,
  signedOn: /\p{L},\s*(ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})/iu,
} as const;

export const KINDS: Readonly<Record<string, string>> = {
  NQ: "Nghị quyết",
  KH: "Kế hoạch",
  QĐ: "Quyết định",
  NĐ: "Nghị định",
};

export const WRITTEN_DAY =
  /^(?:ngày\s+)?(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})$/iu;

/** How a place in a document is asked for and cited. */
export const places = {
  article: (n: string) => `Điều ${n}`,
  clause: (n: string) => `khoản ${n}`,
  point: (n: string) => `điểm ${n}`,
  /** Questions are compared without marks, where `đ` would be `d`. */
  pointAfterD: "điểm đ (sau điểm d)",
  question: (place: string, document: string) => `${place} của ${document} quy định gì?`,
  part: (question: string, n: number) => `${question} (phần ${n})`,
  attached: (document: string) => `${document} (văn bản kèm theo)`,
  quotedFrom: (document: string) => `Trích ${document}`,
} as const;
