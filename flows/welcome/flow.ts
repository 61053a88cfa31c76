/** The greeting to somebody who begins to follow the account. */
import { defineFlow } from "../../src/conversation/flow";
import { say } from "../../src/conversation/message";
import { menuMessage } from "../menu/flow";
import { wording } from "./wording.vi";

export const welcome = defineFlow<never, Record<string, never>>({
  id: "welcome",
  version: 1,
  parse: () => ({}),
  open(_start, view) {
    const { campaign, person } = view.context;
    const greeting = say(wording.greet(person.displayName, campaign.office, campaign.name));
    return { end: [greeting, menuMessage(view)] };
  },
  steps: {},
});
