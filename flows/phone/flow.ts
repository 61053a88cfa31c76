/** Reminders by phone number: agreed to by a tap, given through the platform's own form, given up by another tap. */
import type { TurnContext } from "../../src/conversation/context";
import { defineFlow, SHARED_PHONE } from "../../src/conversation/flow";
import { say, tap, type Button } from "../../src/conversation/message";
import { menuButton } from "../menu/menu-button.vi";
import { titles, wording } from "./wording.vi";

/** Offered to those who are reminded, where a number would be used, and only until there is one. */
export const phoneButtons = ({ campaign, person }: TurnContext, isReporter: boolean): Button[] =>
  campaign.phoneForm !== null && isReporter && person.phone === null ? [tap(titles.give, "phone.give")] : [];

export const isReporter = ({ person }: TurnContext): boolean =>
  person.memberships.some(({ role }) => role === "reporter");

export const phone = defineFlow<never, Record<string, never>>({
  id: "phone",
  version: 1,
  words: ["nhan tin nhac qua so dien thoai", "bo so dien thoai", "xoa so dien thoai"],
  taps: ["phone.give", "phone.drop"],
  parse: () => ({}),
  open({ action, args }, { context }) {
    const { campaign, person } = context;
    if (action === SHARED_PHONE) {
      const effects = [{ type: "save-phone", sealed: args[0] ?? "" } as const];
      return { end: person.phoneAgreed ? [say(wording.saved, [menuButton])] : [], effects };
    }
    if (action !== "phone.give" && !action.startsWith("nhan")) {
      return { end: [say(wording.dropped, [menuButton])], effects: [{ type: "drop-phone" }] };
    }
    if (person.phone !== null) return { end: [say(wording.already, [tap(titles.drop, "phone.drop")])] };
    if (campaign.phoneForm === null || !isReporter(context))
      return { end: [say(wording.notOffered, [menuButton])] };
    const askInfo = {
      title: wording.formTitle,
      subtitle: wording.formPurpose(campaign.office),
      imageUrl: campaign.phoneForm,
    };
    return { end: [{ text: wording.asked, askInfo }], effects: [{ type: "agree-phone" }] };
  },
  steps: {},
});
