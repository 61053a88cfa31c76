/** An office makes a chat group its own with a staff code, and ends that: answered in the group, nothing remembered. */
import type { GroupView, InvitationView } from "../../src/conversation/context";
import type { Effect } from "../../src/conversation/effects";
import type { GroupInput } from "../../src/conversation/event";
import type { View } from "../../src/conversation/flow";
import { say } from "../../src/conversation/message";
import { failedTry, MAX_TRIES } from "../link/tries";
import { wording } from "./wording.vi";

export function officeGroup(input: GroupInput, view: View): readonly Effect[] {
  const { groupId } = input;
  const group = view.context.groups.get(groupId) ?? null;
  const effects = input.kind === "group-bind" ? bind(input, group, view) : end(groupId, group, view);
  // Answered as one answers: at once, at whatever hour.
  return effects.map((effect) => (effect.type === "say" ? { ...effect, groupId } : effect));
}

const answer = (text: string): Effect => ({ type: "say", kind: "reply", messages: [say(text)] });

function bind(
  { groupId, code }: Extract<GroupInput, { kind: "group-bind" }>,
  group: GroupView | null,
  view: View,
): readonly Effect[] {
  const { person, invitations } = view.context;
  const blockedUntil = person.linkBlockedUntil;
  if (blockedUntil !== null && blockedUntil > view.now) return [answer(wording.blocked(blockedUntil))];
  const invitation = invitations.get(code);
  if (invitation === undefined) {
    const failed = failedTry(person, view.now);
    const text =
      failed.blockedUntil === null
        ? wording.unknown(MAX_TRIES - failed.tries)
        : wording.blocked(failed.blockedUntil);
    return [failed, answer(text)];
  }
  const refused = refusalOf(invitation, group);
  if (refused !== null) return [answer(refused)];
  return [{ type: "bind-group", groupId, code }, answer(wording.bound(invitation.unitName))];
}

function refusalOf({ role, state, unitCode }: InvitationView, group: GroupView | null): string | null {
  if (role !== "staff") return wording.notStaff;
  if (state === "used") return wording.used;
  if (state === "expired") return wording.expired;
  if (group === null) return null;
  return group.unitCode === unitCode ? wording.already(group.unitName) : wording.taken(group.unitName);
}

function end(groupId: string, group: GroupView | null, { context }: View): readonly Effect[] {
  if (group === null) return [answer(wording.notBound)];
  const { id, memberships } = context.person;
  const mayEnd =
    group.boundBy === id ||
    memberships.some(({ role, unitCode }) => role === "staff" && unitCode === group.unitCode);
  if (!mayEnd) return [answer(wording.notYours(group.unitName))];
  return [{ type: "end-group", groupId }, answer(wording.ended(group.unitName))];
}
