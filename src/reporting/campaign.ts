/**
 * A campaign as its folder under `config/campaigns/` describes it: who reports what to whom, and when. Nothing
 * in the program knows a campaign by name; another one is another folder.
 */
import { z } from "zod";
import { addDays } from "../core/clock";

/** A day that is in the calendar: 30/02 has the right shape and is none. */
export const dayText = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "a day is written YYYY-MM-DD")
  .refine((day) => !/^\d{4}-\d{2}-\d{2}$/.test(day) || addDays(day, 0) === day, "there is no such day");
const timeText = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time is written HH:mm");
export const idText = z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, "an id has small letters, digits, - and _");

export const fieldSchema = z.strictObject({
  id: idText,
  label: z.string().min(1),
  type: z.enum(["integer", "text", "files"]),
  required: z.boolean().default(false),
  min: z.number().optional(),
  max: z.number().optional(),
  maxLength: z.number().int().positive().optional(),
  example: z.string(),
  aliases: z.array(z.string()).default([]),
  /** Where one week of one unit usually lies; asked about, never refused. */
  usual: z.strictObject({ low: z.number(), high: z.number() }).optional(),
  /** What the figure counts, printed beside every total. */
  definition: z.string(),
  /** A text that asks the receiving office to do something: quoted first wherever there is no room for all. */
  needsAction: z.boolean().optional(),
});
export type Field = z.infer<typeof fieldSchema>;

export const templateSchema = z.strictObject({
  id: idText,
  fields: z.array(fieldSchema).min(1),
  /** "`part` is more than 0, then `whole` must be too." */
  sumRules: z.array(z.strictObject({ part: idText, whole: idText, message: z.string() })).default([]),
});
export type Template = z.infer<typeof templateSchema>;

/** Steps of reminding, in the order in which they come. */
export const reminderStepSchema = z.enum(["opening", "day-before", "two-hours", "due", "next-morning"]);
export type ReminderStep = z.infer<typeof reminderStepSchema>;

const phaseSchema = z.strictObject({ name: z.string(), startsOn: dayText, endsOn: dayText });

/** Two reports with two reminders a day on their busiest day, and a quiet rest of the week. */
const DEFAULT_MAX_WAVES_PER_WEEK = 12;

export const lineSchema = z.strictObject({
  id: idText,
  name: z.string(),
  /** The unit whose staff receive the digest. */
  receiver: idText,
  /** The desk of the receiver that the document names; shown to people in place of the receiver's name. */
  receiverDesk: z.string().optional(),
  /** Groups of units, or single unit codes, that owe this report. */
  reporters: z.strictObject({
    groups: z.array(z.string()).default([]),
    units: z.array(idText).default([]),
    except: z.array(idText).default([]),
  }),
  /** 1 = Monday … 7 = Sunday. */
  weekday: z.number().int().min(1).max(7),
  dueTime: timeText,
  /** The due instant on a holiday moves to the next working day; `keep` leaves it where it is. */
  onHoliday: z.enum(["next-working-day", "keep"]).default("next-working-day"),
  /** Days on which the receiving office is closed, besides the official ones. */
  daysOff: z.array(z.strictObject({ day: dayText, name: z.string() })).default([]),
  /** The plan's own phases, where they are others than the campaign's. */
  phases: z.array(phaseSchema).default([]),
  /** Hours after the due instant until which a report may still be handed in, badged late. */
  closesAfterHours: z.number().positive(),
  template: idText,
  /** The first and the last day on which a nominal due day may lie. */
  startsOn: dayText,
  endsOn: dayText,
  reminders: z.array(reminderStepSchema),
  /** Where the weekday and hour come from: document and clause. */
  source: z.string(),
});
export type Line = z.infer<typeof lineSchema>;

/** Long enough to finish a talk. */
const OFFICER_SILENCE_MINUTES = 30;

const price = z.number().nonnegative().nullable();

/** What the campaign may spend on messages, counted by the calendar month; 0 spends nothing. */
const paidMessagesSchema = z.strictObject({
  /** Replies between 48 hours and 7 days after a person's last action, or beyond the free ones. */
  repliesPerMonth: z.number().int().nonnegative(),
  /** Approved templates, by account or by phone number together. */
  templatesPerMonth: z.number().int().nonnegative(),
  /** Whether reminders may go to phone numbers that people gave for it. */
  byPhone: z.boolean(),
  /** VND for one message; null where nobody has stated a price. */
  prices: z.strictObject({
    reply: price,
    template: price,
    phoneTemplate: price,
    /** Where the prices come from, and of which day. */
    source: z.string().min(1),
  }),
});

export const campaignSchema = z.strictObject({
  id: idText,
  name: z.string(),
  title: z.string(),
  document: z.string(),
  /** The office that answers citizens' questions and controls the data. */
  office: idText,
  consentVersion: z.string(),
  startsOn: dayText,
  endsOn: dayText,
  phases: z.array(phaseSchema).default([]),
  quietHours: z.strictObject({ from: timeText, to: timeText }),
  /** At most so many unasked messages to one person on one day. */
  maxWavesPerDay: z.number().int().positive(),
  /** At most so many reminders to one person from Monday to Sunday, over all their units and lines. */
  maxWavesPerWeek: z.number().int().positive().default(DEFAULT_MAX_WAVES_PER_WEEK),
  extensionMaxDays: z.number().int().positive(),
  paidMessages: paidMessagesSchema,
  /** How long the bot leaves a conversation to an officer who has answered by hand. */
  officerSilenceMinutes: z.number().int().positive().default(OFFICER_SILENCE_MINUTES),
  lines: z.array(lineSchema).min(1),
});

export interface Unit {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly group: string;
  readonly parentCode: string | null;
  readonly aliases: readonly string[];
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** The unit it was merged into after its last day. */
  readonly successorCode: string | null;
}

export const holidaySchema = z.strictObject({
  day: dayText,
  name: z.string(),
  kind: z.enum(["off", "work"]),
  /** Only `official` days ever move a deadline. */
  status: z.enum(["official", "computed", "proposed"]),
});
export type Holiday = Readonly<z.infer<typeof holidaySchema>>;

/** Everything of a campaign, checked and cross-checked. */
export interface Campaign extends z.infer<typeof campaignSchema> {
  readonly templates: ReadonlyMap<string, Template>;
  readonly units: readonly Unit[];
  readonly holidays: readonly Holiday[];
}
