/**
 * What a frozen digest holds: one row per unit and everything that was said about them at that instant. Texts,
 * documents and pictures are made from this alone, never from live tables, so they stay true to what was sent.
 */
import { z } from "zod";
import { valuesSchema } from "./values";

const count = z.number().int().nonnegative();
const instant = z.number().int();

export const totalsSchema = z.record(z.string(), z.number());
export type Totals = Readonly<z.infer<typeof totalsSchema>>;

export const countsSchema = z.strictObject({
  /** Units that owe a report; exempt ones left out. */
  expected: count,
  /** `onTime` + `late`, nil reports included. */
  received: count,
  onTime: count,
  late: count,
  /** Part of `received`. */
  nil: count,
  /** `expected` − `received`. */
  missing: count,
  /** Part of `missing`: nobody of the unit could be written to. */
  notReached: count,
});
export type DigestCounts = Readonly<z.infer<typeof countsSchema>>;

const fieldSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  type: z.enum(["integer", "text", "files"]),
  definition: z.string(),
  needsAction: z.boolean(),
});
export type DigestField = Readonly<z.infer<typeof fieldSchema>>;

const unitRowSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  group: z.string(),
  state: z.enum(["on-time", "late", "missing", "exempt"]),
  nil: z.boolean(),
  version: count,
  submittedAt: instant.nullable(),
  values: valuesSchema,
  /** Fields whose figure still has to be checked with the unit. */
  marks: z.array(z.string()),
  /** Every required field is answered, or the report is nil. */
  complete: z.boolean(),
  evidence: count,
  /** Why nobody of a missing unit could be written to; null where somebody could. */
  notReached: z.string().nullable(),
  /** Missing now, and the period before is still owed too. */
  missingTwice: z.boolean(),
  /** A granted extension that was still running when the digest was frozen. */
  extendedUntil: instant.nullable(),
  exemptReason: z.string().nullable(),
});
export type UnitRow = Readonly<z.infer<typeof unitRowSchema>>;

const groupSchema = z.strictObject({ group: z.string(), counts: countsSchema, totals: totalsSchema });
export type GroupRow = Readonly<z.infer<typeof groupSchema>>;

const scalar = z.union([z.number(), z.string()]).nullable();
const changeSchema = z.strictObject({ field: z.string(), from: scalar, to: scalar });
export type Change = Readonly<z.infer<typeof changeSchema>>;

const correctionSchema = z.strictObject({
  period: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  /** `late`: nothing of the unit stood in what was sent before. */
  kind: z.enum(["late", "amended"]),
  version: count,
  /** When this version was handed in; digests from before this was kept have none. */
  at: instant.optional(),
  changes: z.array(changeSchema),
  /** Moves of its figures that the digests of the line have told already, as corrections of a lower level. */
  toldBelow: totalsSchema.optional(),
});
export type Correction = Readonly<z.infer<typeof correctionSchema>>;

const belowSchema = z.strictObject({
  unitCode: z.string(),
  unitName: z.string(),
  period: z.string(),
  /** The digest of that office in which its units' corrections stand one by one. */
  digestId: z.string(),
  late: count,
  amended: count,
  /** By how much each total of that office has moved. */
  moved: totalsSchema,
});
export type CorrectionBelow = Readonly<z.infer<typeof belowSchema>>;

const trendSchema = z.strictObject({ period: z.string(), expected: count, received: count, onTime: count });
export type TrendPoint = Readonly<z.infer<typeof trendSchema>>;

export const digestSchema = z.strictObject({
  form: z.literal(1),
  id: z.string(),
  campaign: z.strictObject({ id: z.string(), name: z.string(), title: z.string(), document: z.string() }),
  line: z.strictObject({ id: z.string(), name: z.string() }),
  period: z.strictObject({
    id: z.string(),
    startsOn: z.string(),
    endsOn: z.string(),
    dueAt: instant,
    rule: z.string(),
  }),
  receiver: z.strictObject({ code: z.string(), name: z.string(), desk: z.string() }),
  /** What heads the document: the office above, where it is written, to whom it goes. */
  letterhead: z.strictObject({
    above: z.string().nullable(),
    place: z.string().nullable(),
    addressee: z.string().nullable(),
  }),
  frozenAt: instant,
  fields: z.array(fieldSchema),
  counts: countsSchema,
  /** Further measures of the received reports: `complete` and `plausible` are parts of `received`. */
  measures: z.strictObject({ complete: count, plausible: count, evidence: count }),
  definitions: z.array(z.strictObject({ name: z.string(), text: z.string() })),
  totals: totalsSchema,
  /** Since the first period of the line, with every correction known when this was frozen. */
  cumulative: totalsSchema,
  groups: z.array(groupSchema),
  units: z.array(unitRowSchema),
  /** The figures of the digest before as they were sent: both taken at their due instant, so comparable. */
  previous: z
    .strictObject({ id: z.string(), period: z.string(), counts: countsSchema, totals: totalsSchema })
    .nullable(),
  trend: z.array(trendSchema),
  corrections: z.array(correctionSchema),
  below: z.array(belowSchema),
  tickets: z.array(
    z.strictObject({
      code: z.string(),
      unitName: z.string().nullable(),
      text: z.string(),
      createdAt: instant,
      answered: z.boolean(),
      /** The office it has been passed on to; absent where it is with the receiver of the digest. */
      isWith: z.string().optional(),
    }),
  ),
  /** What the office asked about figures of earlier digests; none in digests from before this was asked. */
  clarifications: z
    .array(
      z.strictObject({
        code: z.string(),
        period: z.string(),
        unitCode: z.string(),
        unitName: z.string(),
        /** Null for the whole report. */
        field: z.string().nullable(),
        value: scalar,
        version: count,
        question: z.string(),
        askedAt: instant,
        answer: z.string().nullable(),
        answeredAt: instant.nullable(),
      }),
    )
    .optional(),
});
export type DigestContent = Readonly<z.infer<typeof digestSchema>>;

/** Reads a frozen digest back from its bytes. */
export const parseDigest = (canonical: string): DigestContent => digestSchema.parse(JSON.parse(canonical));
