/** The answers of the program's API as the outer contract describes them, read strictly enough to notice a change. */
import { z } from "zod";

const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item) }).transform(({ items }) => items);
const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+07:00$/);
const values = z.record(z.string(), z.union([z.number(), z.string()]));

export const unitsAnswer = listOf(
  z.object({
    code: z.string(),
    name: z.string(),
    shortName: z.string(),
    group: z.string(),
    parentCode: z.string().nullable(),
  }),
);
export type UnitRow = z.infer<typeof unitsAnswer>[number];

export const invitationAnswer = z.object({
  code: z.string().min(1),
  unitCode: z.string(),
  role: z.enum(["reporter", "staff"]),
  expiresAt: instant,
});

export const linesAnswer = listOf(z.object({ id: z.string(), expected: z.int().nonnegative() }));

export const obligationsAnswer = listOf(
  z.object({
    unitCode: z.string(),
    status: z.enum(["waiting", "drafting", "submitted", "nil", "late", "missing", "exempt"]),
    dueAt: instant,
    submittedAt: instant.nullable(),
    version: z.int().nonnegative(),
    reached: z.boolean(),
  }),
);
export type ObligationRow = z.infer<typeof obligationsAnswer>[number];

export const reportAnswer = z.object({
  status: z.string(),
  version: z.int(),
  values,
  attachments: z.array(z.unknown()),
  submittedAt: instant.nullable(),
  submittedBy: z.string().nullable(),
  history: z.array(z.object({ version: z.int(), at: instant, by: z.string(), values })),
});
export type ReportAnswer = z.infer<typeof reportAnswer>;

const count = z.int().nonnegative();

export const digestsAnswer = listOf(
  z.object({
    id: z.string().regex(/^TH-/),
    frozenAt: instant,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    counts: z.object({
      expected: count,
      received: count,
      onTime: count,
      late: count,
      nil: count,
      missing: count,
      notReached: count,
    }),
    totals: z.record(z.string(), z.number()),
    text: z.string(),
  }),
);
export type DigestAnswer = z.infer<typeof digestsAnswer>[number];

export const deliveriesAnswer = listOf(
  z.object({
    id: z.string(),
    personId: z.string(),
    kind: z.string(),
    status: z.string(),
    attempts: z.int(),
    lastError: z.string().nullish(),
    createdAt: instant,
    sentAt: instant.nullish(),
  }),
);

export const askAnswer = z.object({
  kind: z.enum(["answer", "choices", "gap", "abstain", "smalltalk"]),
  text: z.string(),
  entryIds: z.array(z.string()),
  score: z.number(),
});

export const clockAnswer = z.object({ now: instant, eventsHandled: count, messagesSent: count });
