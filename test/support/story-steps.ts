/** The compact story as a list of single steps, so that the power can fail at each of them. */
import { at, MINUTE_MS, SECOND_MS, type Instant } from "../../src/core/clock";
import type { PretendEvent } from "../../src/simulator/pretend-zalo-events";
import type { Program } from "./program";

/** Zalo ids of the cast. */
export const CAST = {
  full: "3158704921176032001",
  nil: "3158704921176032002",
  staff: "3158704921176032003",
} as const;
export const EVERYBODY: readonly string[] = Object.values(CAST);

export interface PersonStep {
  readonly kind: "person";
  readonly name: string;
  readonly at: Instant;
  readonly user: string;
  /** What the person does, given what is on the phone; null when there is nothing to do. */
  readonly event: (program: Program) => PretendEvent | null;
}

export interface ClockStep {
  readonly kind: "clock";
  readonly name: string;
  readonly at: Instant;
}

export type Step = PersonStep | ClockStep;

export const STORY_DAY = "2025-12-03";
/** Steps are this far apart, so that the time shown in a text tells the step and not the speed of the machine. */
export const STEP_MS = 5 * MINUTE_MS;
const JUST_AFTER_MS = 20 * SECOND_MS;

type Act = readonly [name: string, event: PersonStep["event"]];

const follows = (user: string): Act => ["follows", () => ({ kind: "follow", from: user })];
const says = (user: string, text: string): Act => [
  `says “${text}”`,
  () => ({ kind: "text", from: user, text }),
];
const taps = (user: string, title: string): Act => [
  `taps “${title}”`,
  ({ phones }) => ({ kind: "text", from: user, text: phones.tapOf(user, title) }),
];
/** Taps what the newest message offers, if it does. */
const tapsOffered = (user: string, name: string, title: RegExp): Act => [
  name,
  ({ phones }) => {
    const offered = phones.offered(user, title);
    return offered === null ? null : { kind: "text", from: user, text: phones.tapOf(user, offered) };
  },
];

const CONSENT = /^(?!khong).*dong y/;
const CONFIRM = /^(xac nhan|dung|gui|dong y|co\b|khong phat sinh)/;

/** Follow, code, at most two taps of consent. */
const linking = (user: string, code: string): Act[] => [
  follows(user),
  says(user, `liên kết ${code}`),
  tapsOffered(user, "consents", CONSENT),
  tapsOffered(user, "consents again", CONSENT),
];

/** A person's acts, one after the other, beginning at `time`. */
const inTurn = (user: string, time: string, acts: readonly Act[]): PersonStep[] =>
  acts.map(([name, event], i) => ({
    kind: "person",
    name: `${nameOf(user)} ${name}`,
    at: at(STORY_DAY, time) + i * STEP_MS,
    user,
    event,
  }));

const nameOf = (user: string): string => Object.entries(CAST).find(([, id]) => id === user)?.[0] ?? user;

const clockTo = (time: string): ClockStep => ({
  kind: "clock",
  name: `the clock moves past ${time}`,
  at: at(STORY_DAY, time) + JUST_AFTER_MS,
});

/**
 * One school links and reports in full, another is reminded and has nothing to report, the office gets its digest.
 * The other school and the officer have been linked before: their linking would be the same steps again.
 */
export const compactStory = (code: string): Step[] => [
  ...inTurn(CAST.full, "08:30", linking(CAST.full, code)),
  ...inTurn(CAST.full, "09:00", [
    says(CAST.full, "báo cáo"),
    says(CAST.full, "12 tin, 2 hội nghị, 1.250 lượt người, 1 đăng ký mới, 0 hoàn thành"),
    taps(CAST.full, "Gửi luôn"),
    taps(CAST.full, "Gửi"),
  ]),
  clockTo("15:00"),
  ...inTurn(CAST.nil, "15:05", [
    taps(CAST.nil, "Không phát sinh"),
    tapsOffered(CAST.nil, "confirms", CONFIRM),
  ]),
  clockTo("17:00"),
];
