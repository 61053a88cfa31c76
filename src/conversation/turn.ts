/**
 * The turn: one event in, a new session and effects out. Pure: it reads no clock, no database, no network,
 * and the same event with the same context always gives the same turn.
 */
import type { Instant } from "../core/clock";
import { codeFrom } from "../core/ids";
import { foldedWords, normalise } from "../core/text";
import type { TurnContext } from "./context";
import type { Effect } from "./effects";
import { isNews, type ConversationEvent, type Input } from "./event";
import { FILES, QUESTION, SHARED_PHONE, type Heard, type View } from "./flow";
import { flowOfTap, flowOfWords, type House, LEAVE_WORDS } from "./house";
import { joined, say, TAP_PREFIX } from "./message";
import { enter, leaveTop, type Play, resumeTop, topOf, applyMove } from "./play";
import { MAX_ASKED, type Session } from "./session";
import { tellNews } from "./tell";

export interface Turn {
  readonly session: Session;
  readonly effects: readonly Effect[];
}

export interface TurnInput {
  readonly session: Session;
  readonly event: ConversationEvent;
  readonly eventKey: string;
  readonly context: TurnContext;
  readonly now: Instant;
}

export function takeTurn(house: House, input: TurnInput): Turn {
  const { session, event, context, now } = input;
  const play: Play = {
    house,
    view: {
      context,
      now,
      asked: session.asked,
      inside: false,
      code: (prefix, ...parts) => codeFrom(prefix, input.eventKey, ...parts),
    },
    frames: [...session.frames],
    messages: [],
    effects: [],
    asked: [],
    moves: 0,
  };
  if (isNews(event)) return { session, effects: tellNews(house.tellers, event, play.view) };
  const before = hear(play, event, session, input.eventKey);
  const asked = [...before, ...play.asked].slice(-MAX_ASKED);
  const messages = joined(play.messages);
  const spoken: Effect[] = messages.length === 0 ? [] : [{ type: "say", kind: "reply", messages }];
  return { session: { frames: play.frames, asked }, effects: [...play.effects, ...spoken] };
}

/** Handles what a person did; gives the questions asked before that are still remembered. */
function hear(play: Play, input: Input, session: Session, eventKey: string): Session["asked"] {
  const { person } = play.view.context;
  const quiet = person.silentUntil !== null && person.silentUntil > play.view.now;
  switch (input.kind) {
    case "officer-spoke":
      leaveToOfficer(play, quiet, eventKey);
      return session.asked;
    case "withdraw":
      play.effects.push({ type: "forget-person" });
      play.frames.length = 0;
      return [];
    case "group-bind":
    case "group-end":
      play.effects.push(...play.house.inGroup(input, play.view));
      return session.asked;
    case "unfollow":
      return session.asked;
    case "shared-info":
      if (input.phoneSealed !== undefined)
        enter(play, play.house.phone, { action: SHARED_PHONE, args: [input.phoneSealed] });
      return session.asked;
    case "follow":
      if (!quiet) enter(play, play.house.welcome, { action: "follow", args: [] });
      return session.asked;
    case "unreadable":
      if (!quiet) hearUnreadable(play);
      return session.asked;
    case "files":
      if (!quiet) hearFiles(play, { kind: "files", files: input.files });
      return session.asked;
    case "text":
      if (!quiet) hearText(play, normalise(input.text).trim());
      return session.asked;
  }
}

/** The officer's talk; staff are told once, when it begins. */
function leaveToOfficer({ house, view, effects }: Play, alreadyQuiet: boolean, eventKey: string): void {
  const { campaign, person } = view.context;
  const until = view.now + campaign.officerSilenceMs;
  effects.push({ type: "keep-silent", until });
  if (alreadyQuiet) return;
  const text = house.wording.officerTookOver(person.displayName, until);
  effects.push({
    type: "tell",
    to: { staffOf: campaign.officeUnitCode },
    news: { kind: "alarm", text },
    key: `officer:${eventKey}`,
  });
}

function hearUnreadable(play: Play): void {
  play.messages.push(say(play.house.wording.unreadable, topOf(play) === null ? play.house.menuButtons : []));
  resumeTop(play, "");
}

function hearFiles(play: Play, heard: Extract<Heard, { kind: "files" }>): void {
  if (hearStep(play, heard)) return;
  if (play.frames.some((frame) => frame.flow === play.house.files)) {
    play.messages.push(say(play.house.wording.filesInForm));
    resumeTop(play, "");
  } else enter(play, play.house.files, { action: FILES, args: [], files: heard.files });
}

function hearText(play: Play, text: string): void {
  if (text === "") {
    hearUnreadable(play);
    return;
  }
  if (text.startsWith(TAP_PREFIX) && hearTap(play, text.slice(TAP_PREFIX.length))) return;
  const folded = foldedWords(text);
  const top = topOf(play);
  const claimed = top?.step.claims?.(folded, top.frame.data, play.view) === true;
  if (!claimed && obey(play, { text, folded, whole: top?.step.prose?.(top.frame.data, play.view) === true }))
    return;
  if (hearStep(play, { kind: "text", text })) return;
  enter(play, play.house.ask, { action: QUESTION, args: [text] });
}

/** True when the tap was dealt with; a text that merely begins with `#` is not one. */
function hearTap(play: Play, payload: string): boolean {
  const [action = "", ...args] = payload.trim().split(/\s+/);
  const heard: Heard = { kind: "tap", action, args };
  if (hearStep(play, heard)) return true;
  const flow = flowOfTap(play.house, action);
  if (flow !== null) {
    enter(play, flow.id, { action, args });
    return true;
  }
  if (!/^[a-z]+\.[a-z0-9-]+$/.test(action)) return false;
  play.messages.push(say(play.house.wording.oldButton, topOf(play) === null ? play.house.menuButtons : []));
  resumeTop(play, "");
  return true;
}

interface Spoken {
  readonly text: string;
  readonly folded: string;
  /** Only a message that is nothing but a command is one. */
  readonly whole: boolean;
}

/** Commands work everywhere, whatever question is pending. */
function obey(play: Play, { text, folded, whole }: Spoken): boolean {
  if (LEAVE_WORDS.includes(folded)) {
    leaveTop(play);
    return true;
  }
  const opened = flowOfWords(play.house, text, { whole });
  if (opened === null) return false;
  if (opened.flow.id === play.house.menu) play.frames.length = 0;
  enter(play, opened.flow.id, { action: opened.action, args: opened.rest === "" ? [] : [opened.rest] });
  return true;
}

function hearStep(play: Play, heard: Heard): boolean {
  const top = topOf(play);
  if (top === null) return false;
  const view: View = { ...play.view, inside: play.frames.length > 1 };
  const move = top.step.hear(heard, top.frame.data, view);
  if (move === null) return false;
  applyMove(play, move);
  return true;
}
