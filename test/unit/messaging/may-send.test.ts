import { describe, expect, test } from "@jest/globals";
import { DAY_MS, HOUR_MS } from "../../../src/core/clock";
import { maySend, type Sendable, type SendingPolicy } from "../../../src/messaging/may-send";
import { NOON } from "../../support/messaging";

const POLICY: SendingPolicy = {
  quietFrom: "21:00",
  quietTo: "07:00",
  maxWavesPerDay: 3,
  paidReplies: true,
  templates: new Set(["reminder"]),
};
const reminder = (over: Partial<Sendable> = {}): Sendable => ({
  kind: "reminder",
  message: { text: "nhắc", template: { name: "reminder", data: {} } },
  optedOut: false,
  unreachable: null,
  lastInteractionAt: NOON,
  repliesLeft: null,
  wavesToday: 0,
  ...over,
});
const lane = (over: Partial<Sendable>, policy: Partial<SendingPolicy> = {}) => {
  const permission = maySend(reminder(over), { ...POLICY, ...policy }, NOON);
  return permission.kind === "yes" ? permission.lane : `${permission.kind}: ${permission.reason}`;
};

describe("the cheapest way to a person", () => {
  test.each([
    [{}, {}, "free"],
    [{ repliesLeft: 1 }, {}, "free"],
    [{ repliesLeft: 0 }, {}, "paid"],
    [{ lastInteractionAt: NOON - 48 * HOUR_MS }, {}, "free"],
    [{ lastInteractionAt: NOON - 48 * HOUR_MS - 1 }, {}, "paid"],
    [{ lastInteractionAt: NOON - 7 * DAY_MS }, {}, "paid"],
    [{ lastInteractionAt: NOON - 7 * DAY_MS - 1 }, {}, "template"],
    [{ lastInteractionAt: null }, {}, "template"],
    [{ repliesLeft: 0 }, { paidReplies: false }, "template"],
    [{ lastInteractionAt: null }, { templates: new Set<never>() }, "never: window-closed"],
    [{ lastInteractionAt: null, message: { text: "nhắc" } }, {}, "never: window-closed"],
    [{ repliesLeft: 0 }, { paidReplies: false, templates: new Set<never>() }, "never: free-replies-spent"],
    [{ lastInteractionAt: null, optedOut: true }, {}, "never: opted-out"],
    [{ lastInteractionAt: null, wavesToday: 3 }, {}, "never: daily-ceiling"],
    [
      { lastInteractionAt: null, kind: "notice", message: { text: "tin" } },
      {},
      "when-they-write: window-closed",
    ],
  ] as const)("%j under %j: %s", (over, policy, expected) => {
    expect(lane(over, policy)).toBe(expected);
  });
});
