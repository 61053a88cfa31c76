/** The stack of conversations in hand, and what moves do to it. */
import { broken } from "../core/errors";
import type { Effect } from "./effects";
import type { Data, Flow, Move, Start, Step, View } from "./flow";
import type { House } from "./house";
import { say, type Message } from "./message";
import { type Frame, MAX_FRAMES } from "./session";

export interface Play {
  readonly house: House;
  readonly view: View;
  readonly frames: Frame[];
  readonly messages: Message[];
  readonly effects: Effect[];
  /** Questions understood in this turn. */
  readonly asked: string[];
  moves: number;
}

/** A turn that makes more moves than this goes in circles: a fault in a flow, not something a person typed. */
const MAX_MOVES = 12;

interface Top {
  readonly frame: { readonly flow: string; readonly step: string; readonly data: Data };
  readonly flow: Flow;
  readonly step: Step<string, Data>;
}

/**
 * The conversation in hand. A frame that does not fit today's flows is dropped, and the person is told:
 * what they had entered lives in the draft, not here.
 */
export function topOf(play: Play): Top | null {
  for (;;) {
    const frame = play.frames.at(-1);
    if (frame === undefined) return null;
    const flow = play.house.flows.find((f) => f.id === frame.flow);
    const data = flow?.version === frame.version ? flow.parse(frame.data) : null;
    const step = flow?.steps[frame.step];
    if (flow !== undefined && data !== null && step !== undefined) {
      return { frame: { flow: frame.flow, step: frame.step, data }, flow, step };
    }
    play.frames.pop();
    play.messages.push(say(play.house.wording.changed, play.house.menuButtons));
  }
}

/** Opens a flow on top of what is in hand; opening one that already waits below goes back to it instead of nesting. */
export function enter(play: Play, flowId: string, start: Start): void {
  const flow = play.house.flows.find((f) => f.id === flowId);
  if (flow === undefined) throw broken("unknown-flow", `no flow "${flowId}"`);
  const same = play.frames.findIndex((frame) => frame.flow === flowId);
  if (same >= 0) play.frames.length = same;
  dropPassing(play);
  while (play.frames.length >= MAX_FRAMES) play.frames.shift();
  const move = flow.open(start, { ...play.view, inside: play.frames.length > 0 });
  applyOpening(play, flow, move);
}

function dropPassing(play: Play): void {
  const passing = new Set(play.house.flows.filter((flow) => flow.passing === true).map(({ id }) => id));
  while (passing.has(play.frames.at(-1)?.flow ?? "")) play.frames.pop();
}

function applyOpening(play: Play, flow: Flow, move: Move): void {
  if ("go" in move) {
    play.frames.push({ flow: flow.id, version: flow.version, step: move.go, data: { ...move.data } });
    applyMove(play, move);
    return;
  }
  if ("again" in move) throw broken("bad-opening", `flow "${flow.id}" cannot ask again before it has begun`);
  begin(play, move);
  if ("end" in move) {
    play.messages.push(...move.end);
    resumeTop(play, play.house.wording.goOn);
    return;
  }
  play.messages.push(...(move.say ?? []));
  enter(play, move.open, move.start);
}

export function applyMove(play: Play, move: Move): void {
  begin(play, move);
  const frame = play.frames.at(-1);
  if (frame === undefined) throw broken("no-frame", "a move without a conversation in hand");
  if ("go" in move) {
    play.messages.push(...(move.say ?? []));
    play.frames[play.frames.length - 1] = { ...frame, step: move.go, data: { ...move.data } };
    askTop(play);
  } else if ("again" in move) {
    play.messages.push(...move.again);
    if (move.data !== undefined) play.frames[play.frames.length - 1] = { ...frame, data: { ...move.data } };
    if (move.quiet !== true) askTop(play);
  } else if ("end" in move) {
    play.frames.pop();
    play.messages.push(...move.end);
    resumeTop(play, play.house.wording.goOn);
  } else {
    play.messages.push(...(move.say ?? []));
    if (move.instead === true) play.frames.pop();
    enter(play, move.open, move.start);
  }
}

/** Leaves the conversation in hand; what waited below goes on. */
export function leaveTop(play: Play): void {
  const top = topOf(play);
  if (top === null) {
    play.messages.push(say(play.house.wording.nothingToLeave, play.house.menuButtons));
    return;
  }
  const farewell = top.flow.leave?.(top.frame.data, play.view) ?? say(play.house.wording.left);
  play.frames.pop();
  play.messages.push(farewell);
  resumeTop(play, play.house.wording.goOn);
}

/** Asks the pending question again after a digression. */
export function resumeTop(play: Play, preface: string): void {
  const top = topOf(play);
  if (top === null) return;
  if (preface !== "") play.messages.push(say(preface));
  askTop(play);
}

function askTop(play: Play): void {
  const top = topOf(play);
  if (top === null) return;
  play.messages.push(top.step.ask(top.frame.data, { ...play.view, inside: play.frames.length > 1 }));
}

function begin(play: Play, move: Move): void {
  play.effects.push(...(move.effects ?? []));
  if (move.asked !== undefined) play.asked.push(move.asked);
  play.moves += 1;
  if (play.moves > MAX_MOVES) throw broken("endless-turn", "a turn made too many moves");
}
