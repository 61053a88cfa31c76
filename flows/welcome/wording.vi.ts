/** The first words a person reads: who runs this, that it is a machine, what it is good for. */
export const wording = {
  greet: (name: string | null, office: string, campaign: string) =>
    `Xin chào${name === null ? "" : ` ${name}`}! Đây là kênh trả lời tự động (bot) do ${office} phụ trách, phục vụ ${campaign}. Câu trả lời lấy từ bộ hỏi đáp có ghi nguồn; câu nào chưa có sẽ được chuyển cho cán bộ.`,
} as const;
