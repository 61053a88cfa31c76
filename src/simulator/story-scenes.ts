/** The sample story: one week of the campaign in under a minute, played through what the page itself can do. */
import type { Clock, Instant } from "../core/clock";
import { refused } from "../core/errors";
import { createActing, type Acting } from "./acting";
import type { CampaignClock } from "./campaign-clock";
import type { Live } from "./live";
import type { People } from "./people";
import type { PeriodRow, SimulatorPorts } from "./ports";
import type { SimPerson } from "./room-state";
import type { Stage } from "./stage";
import { CAPTIONS, WORDING } from "./wording.vi";

/** Long enough to see a message come and go up the phone. */
const GLANCE_MS = 450;
/** Long enough to read a caption, or a digest's first lines. */
export const READ_MS = 1_600;
const LONG_READ_MS = 2_800;

/** Titles as they fold: without accents, small letters. */
const CONSENT = /^(toi )?(da doc va )?dong y|^xac nhan/;
const NOTHING = /khong phat sinh/;
const CONFIRM = /^(xac nhan|dung|gui|dong y|co)\b|khong phat sinh/;
const SEND = /^(gui luon|gui|gui bao cao|dung|dung roi|dung vay|xac nhan)$/;
const START = /^(bao cao|nop bao cao|bat dau|lam bao cao|nhap|nop)/;
const EDIT = /^sua/;
const REPORT_WORDS = "báo cáo";
/** Who has been silent for a week can no longer be written to: a word of theirs opens the window again. */
const GREETING_WORDS = "menu";
const NOTHING_WORDS = "không phát sinh";

/** Consent takes at most two taps; a report is offered its extras, checked, and perhaps asked about once. */
const MOST_CONSENT_TAPS = 2;
const MOST_SEND_TAPS = 4;
/** Reminders to others may fall due in between; beyond so many the cast is not being reminded at all. */
const MOST_REMINDERS_AHEAD = 8;

export interface StoryParts {
  readonly ports: Pick<SimulatorPorts, "show" | "sleep" | "settle" | "periods" | "nextAgenda" | "log">;
  readonly stage: Stage;
  readonly people: People;
  readonly clock: CampaignClock;
  readonly live: Live;
  /** Real time, whatever the campaign's clock shows. */
  readonly watch: Clock;
}

interface Cast {
  readonly staff: SimPerson;
  readonly thorough: SimPerson;
  readonly quiet: SimPerson;
  readonly silent: SimPerson;
}

/** What the scenes are told with; both throw when the story was stopped. */
export interface Telling extends StoryParts {
  /** Shows a caption and whose phone to look at, and gives time to read. */
  readonly narrate: (caption: string, person: SimPerson, readMs?: number) => Promise<void>;
  readonly pause: (ms: number) => Promise<void>;
}

/** Every scene in order. */
export async function playScenes(telling: Telling): Promise<void> {
  const { ports, stage, people, narrate, pause } = telling;
  const acting = createActing({ stage, people, settle: ports.settle, pause: () => pause(GLANCE_MS) });
  const { story } = ports.show;

  const citizen = await enter(telling, { role: story.citizen.role, name: story.citizen.name });
  await narrate(CAPTIONS.citizenAsks, citizen);
  await acting.say(citizen, story.citizen.question);
  await narrate(CAPTIONS.citizenReads, citizen, LONG_READ_MS);

  const period = await periodAhead(telling);
  const cast = await linkEverybody(telling, acting);
  await remindAndReport(telling, acting, { cast, period });
  await narrate(CAPTIONS.silentWaits(unitOf(cast.silent)), cast.silent);
  await telling.clock.moveTo(period.dueAt);
  await narrate(CAPTIONS.digestCame, cast.staff, LONG_READ_MS);
  await afterwards(telling, acting, cast);
}

const unitOf = (person: SimPerson): string => person.unitName ?? person.name;

/** The person of the story; one who is there from an earlier showing plays again. */
async function enter(
  { stage, people, ports }: Telling,
  actor: { role: string; name: string; unit?: string },
): Promise<SimPerson> {
  const known = people
    .list()
    .find((person) => person.name === actor.name && person.unitCode === (actor.unit ?? null));
  if (known !== undefined) return known;
  const person = await stage.addPerson({ roleId: actor.role, unitCode: actor.unit, name: actor.name });
  await ports.settle();
  return person;
}

/** The period whose deadline comes next, opened. */
async function periodAhead({ ports, clock }: Telling): Promise<PeriodRow> {
  const periods = await ports.periods(ports.show.story.line);
  const period = periods.find(({ dueAt }) => dueAt > clock.now());
  if (period === undefined) throw refused("nothing-ahead", WORDING.nothingAhead);
  if (period.opensAt > clock.now()) await clock.moveTo(period.opensAt);
  return period;
}

async function linkEverybody(telling: Telling, acting: Acting): Promise<Cast> {
  const { narrate, ports, people } = telling;
  const { story } = ports.show;
  async function link(
    actor: { role: string; name: string; unit: string },
    captionFor: (person: SimPerson) => string,
  ) {
    const person = await enter(telling, actor);
    if (person.linkWords === null) {
      await narrate(CAPTIONS.returns(person.name), person, GLANCE_MS);
      await acting.say(person, GREETING_WORDS);
      return person;
    }
    await narrate(captionFor(person), person);
    await acting.say(person, person.linkWords);
    await acting.tapThrough(person, CONSENT, MOST_CONSENT_TAPS);
    return people.get(person.id);
  }
  const reporterLinks = (person: SimPerson) => CAPTIONS.reporterLinks(unitOf(person));
  return {
    staff: await link(story.staff, ({ name }) => CAPTIONS.staffLinks(name)),
    thorough: await link(story.thorough, reporterLinks),
    quiet: await link(story.quiet, reporterLinks),
    silent: await link(story.silent, reporterLinks),
  };
}

interface Week {
  readonly cast: Cast;
  readonly period: PeriodRow;
}

async function remindAndReport(telling: Telling, acting: Acting, { cast, period }: Week): Promise<void> {
  const { narrate, ports } = telling;
  const { figures } = ports.show.story.thorough;

  await narrate(CAPTIONS.clockToReminder, cast.thorough);
  await moveToReminder(telling, acting, { person: cast.thorough, before: period.dueAt });
  await narrate(CAPTIONS.reminderCame, cast.thorough);
  await narrate(CAPTIONS.thoroughReports(unitOf(cast.thorough)), cast.thorough, GLANCE_MS);
  await sendReport(acting, cast.thorough, figures);
  await narrate(CAPTIONS.receiptCame, cast.thorough);

  await moveToReminder(telling, acting, { person: cast.quiet, before: period.dueAt });
  await narrate(CAPTIONS.onlyUnfinished, cast.quiet);
  await narrate(CAPTIONS.quietReports(unitOf(cast.quiet)), cast.quiet, GLANCE_MS);
  if (!(await acting.tap(cast.quiet, NOTHING))) await acting.say(cast.quiet, NOTHING_WORDS);
  await acting.tapThrough(cast.quiet, CONFIRM, 1);
  await narrate(CAPTIONS.receiptCame, cast.quiet);
}

async function sendReport(acting: Acting, person: SimPerson, figures: string): Promise<void> {
  if (!(await acting.tap(person, START))) await acting.say(person, REPORT_WORDS);
  await acting.say(person, figures);
  await acting.tapThrough(person, SEND, MOST_SEND_TAPS);
}

/** From reminder to reminder until one reaches this person, but not up to the deadline. */
async function moveToReminder(
  { ports, clock }: Telling,
  acting: Acting,
  { person, before }: { person: SimPerson; before: Instant },
): Promise<void> {
  const heard = acting.heard(person);
  for (let ahead = 0; ahead < MOST_REMINDERS_AHEAD && acting.heard(person) === heard; ahead++) {
    const next = await ports.nextAgenda("reminder");
    if (next === null || next >= before) return;
    await clock.moveTo(next);
  }
}

async function afterwards(telling: Telling, acting: Acting, cast: Cast): Promise<void> {
  const { narrate, ports } = telling;
  const { silent, thorough } = ports.show.story;

  await narrate(CAPTIONS.lateReports(unitOf(cast.silent)), cast.silent);
  await sendReport(acting, cast.silent, silent.figures);

  await narrate(CAPTIONS.amends(unitOf(cast.thorough)), cast.thorough);
  await acting.say(cast.thorough, REPORT_WORDS);
  await acting.tap(cast.thorough, EDIT);
  await acting.say(cast.thorough, thorough.amendedField);
  await acting.say(cast.thorough, thorough.amendedValue);
  await acting.tapThrough(cast.thorough, SEND, MOST_SEND_TAPS);

  await narrate(CAPTIONS.staffTold, cast.staff, LONG_READ_MS);
}
