/** Who an office itself reports to: where it passes on what it cannot settle. */
import type { Campaign, Line } from "./campaign";
import { receiverName, unitsOwing } from "./roster";

export interface OfficeAbove {
  readonly unitCode: string;
  readonly name: string;
  readonly line: string;
}

/** Null at the top of the tree. */
export function officeAbove(campaign: Campaign, unitCode: string): OfficeAbove | null {
  const owes = (line: Line) => unitsOwing(campaign, line).some(({ code }) => code === unitCode);
  const line = campaign.lines.find((own) => own.receiver !== unitCode && owes(own));
  return line === undefined
    ? null
    : { unitCode: line.receiver, name: receiverName(campaign, line), line: line.id };
}

/** The lines on which what comes in on `line` goes on upward, the next one first. */
export function linesAbove(campaign: Campaign, line: Line): readonly string[] {
  const above = officeAbove(campaign, line.receiver);
  const next = campaign.lines.find(({ id }) => id === above?.line);
  return next === undefined ? [] : [next.id, ...linesAbove(campaign, next)];
}
