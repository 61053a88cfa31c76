/**
 * What the API answers. Ports give these shapes with instants as numbers (`z.input`); on the wire instants are
 * ISO 8601 in Hà Nội's offset (`z.output`).
 */
import { z } from "zod";
import { toIso } from "../../core/clock";

/** An instant on its way out. */
export const instant = z
  .int()
  .transform(toIso)
  .pipe(z.string().meta({ format: "date-time", examples: ["2025-12-03T17:00:00+07:00"] }));
const day = z.string().meta({ format: "date" });
const count = z.int().nonnegative();

export const OBLIGATION_STATUSES = [
  "waiting",
  "drafting",
  "submitted",
  "nil",
  "late",
  "missing",
  "exempt",
] as const;
export const TICKET_KINDS = ["question", "difficulty"] as const;
export const TICKET_STATUSES = ["open", "answered", "closed"] as const;
export const DELIVERY_STATUSES = [
  "queued",
  "sending",
  "later",
  "sent",
  "never",
  "unknown",
  "parked",
] as const;
export const ROLES = ["reporter", "staff"] as const;
/** What a reporter is in the unit; a deputy is reminded only after the due instant. */
export const POSTS = ["head", "deputy"] as const;

const obligationStatus = z.enum(OBLIGATION_STATUSES);
/** Field id → what was handed in. */
const values = z.record(z.string(), z.union([z.number(), z.string()]));

export const unit = z.object({
  code: z.string(),
  name: z.string(),
  shortName: z.string(),
  group: z.string(),
  parentCode: z.string().nullable(),
});

export const invitation = z.object({
  code: z.string(),
  unitCode: z.string(),
  role: z.enum(ROLES),
  expiresAt: instant,
});

export const line = z.object({
  id: z.string(),
  name: z.string(),
  receiverUnitCode: z.string(),
  weekday: z.int().min(1).max(7).meta({ description: "1 = Monday" }),
  dueTime: z.string().meta({ examples: ["17:00"] }),
  templateId: z.string(),
  expected: count,
});

export const template = z.object({
  id: z.string(),
  fields: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      type: z.enum(["integer", "text", "files"]),
      required: z.boolean(),
      min: z.number().optional(),
      max: z.number().optional(),
      maxLength: count.optional(),
    }),
  ),
});

export const period = z.object({
  id: z.string().meta({ examples: ["2025-W49"] }),
  startsOn: day,
  endsOn: day,
  opensAt: instant,
  dueAt: instant,
  closesAt: instant,
});

export const obligation = z.object({
  unitCode: z.string(),
  status: obligationStatus,
  dueAt: instant,
  submittedAt: instant.nullable(),
  version: count,
  reached: z.boolean().meta({ description: "false when no reminder could be delivered" }),
});

export const report = z.object({
  status: obligationStatus,
  version: count,
  values,
  attachments: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      state: z.enum(["waiting", "stored", "failed", "removed"]),
      mime: z.string().nullable(),
      sizeBytes: count.nullable(),
      sha256: z.string().nullable(),
    }),
  ),
  submittedAt: instant.nullable(),
  submittedBy: z.string().nullable(),
  history: z.array(z.object({ version: count, at: instant, by: z.string(), values })),
});

export const digest = z.object({
  id: z.string().meta({ examples: ["TH-7K2M9QX"] }),
  frozenAt: instant,
  sha256: z.string(),
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
  acknowledged: z
    .array(z.object({ by: z.string(), at: instant }))
    .meta({ description: "officers who have confirmed it in the chat" }),
  clarifications: z.array(
    z.object({
      code: z.string().meta({ examples: ["LR-7K2M9QX"] }),
      unitCode: z.string(),
      field: z.string().nullable().meta({ description: "null for the whole report" }),
      question: z.string(),
      askedAt: instant,
      answer: z.string().nullable(),
      answeredAt: instant.nullable(),
    }),
  ),
});

export const ticket = z.object({
  code: z.string(),
  kind: z.enum(TICKET_KINDS),
  status: z.enum(TICKET_STATUSES),
  text: z.string(),
  unitCode: z.string().optional(),
  leadCode: z
    .string()
    .optional()
    .meta({ description: "the ticket that speaks for this one: its answers are this one's" }),
  createdAt: instant,
  replies: z.array(z.object({ text: z.string(), by: z.string(), at: instant })),
});

/** An officer's answer that everybody gets. */
export const generalAnswer = z.object({
  code: z.string().meta({ examples: ["HD-7K2M9QX"] }),
  entryId: z.string(),
  question: z.string(),
  answer: z.string(),
  officeUnitCode: z.string(),
  approvedBy: z.string(),
  approvedAt: instant,
});

export const feedback = z.object({
  entryId: z.string(),
  question: z.string().nullable().meta({ description: "null when the entry is no longer used" }),
  helpful: count,
  wrong: count,
});

export const answer = z.object({
  kind: z.enum(["answer", "choices", "gap", "abstain", "smalltalk"]),
  text: z.string(),
  entryIds: z.array(z.string()),
  score: z.number(),
});

const figures = z.record(z.string(), z.number());

/** Why a question was answered as it was: what was read, how sure each part was, and which entries came near. */
export const explanation = z.object({
  answer,
  questions: z
    .array(
      z.object({
        words: z.string(),
        sure: z.number(),
        signs: figures.nullable(),
        types: z.array(z.string()).readonly(),
        papers: z.array(z.string()).readonly(),
        unknown: z.array(z.string()).readonly(),
        foreign: z.array(z.string()).readonly(),
        best: z.array(z.object({ id: z.string(), score: z.number(), phrasing: z.string(), fit: figures })),
      }),
    )
    .readonly(),
});

export const delivery = z.object({
  id: z.string(),
  personId: z.string(),
  kind: z.enum(["reply", "reminder", "digest", "notice", "card"]),
  status: z.enum(DELIVERY_STATUSES),
  attempts: count,
  lastError: z.string().optional().meta({ description: "the platform's own code" }),
  createdAt: instant,
  sentAt: instant.optional(),
});

export const auditRow = z.object({
  id: count,
  at: instant,
  actor: z.string().meta({ description: "a person's id, `api` or `clock`" }),
  action: z.string(),
  target: z.string(),
  details: z.unknown(),
});

export const LANES = ["free", "paid", "template", "phone", "group"] as const;

/** A message that would go out if nobody answered. */
export const rehearsed = z.object({
  at: instant,
  personId: z.string(),
  personName: z.string().nullable(),
  kind: z.enum(["reminder", "digest"]),
  lane: z.enum(LANES).nullable().meta({ description: "null when it would not go at all" }),
  reason: z.string().nullable().meta({ description: "why it would not go" }),
  topics: z.array(z.object({ line: z.string(), period: z.string(), unitCode: z.string(), step: z.string() })),
});

const purses = z.object({ replies: count, templates: count });

export const wave = z.object({
  at: instant,
  people: count,
  about: z.array(z.object({ line: z.string(), period: z.string(), step: z.string(), units: count })),
  lanes: z
    .array(
      z.object({
        lane: z.enum(LANES),
        messages: count,
        priceVnd: z.number().nullable(),
        costVnd: z.number().nullable(),
      }),
    )
    .meta({ description: "a lane that the platform refuses is followed by the next one" }),
  costVnd: z.number().nullable().meta({ description: "null when a message has no stated price" }),
  priceSource: z.string(),
  leftThisMonth: z.object({ before: purses, after: purses }),
  notReached: z.array(
    z.object({
      unitCode: z.string(),
      unitName: z.string(),
      line: z.string(),
      period: z.string(),
      reason: z.string(),
    }),
  ),
});

export const rosterImport = z.object({
  applied: z.boolean(),
  changes: z.array(
    z.object({
      row: count,
      code: z.string(),
      name: z.string(),
      kind: z.enum(["new", "renamed", "moved", "ended", "merged", "other"]),
      text: z.string(),
    }),
  ),
  faults: z.array(z.object({ row: count.nullable(), reason: z.string() })),
  unchanged: count,
  ignoredColumns: z.array(z.string()),
});

/** A list of anything. */
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

/** One link of the set-up chain. */
export const finding = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(["ok", "warn", "fail", "unknown"]),
  detail: z.string(),
  advice: z.string().optional(),
});
