import { describe, expect, test } from "@jest/globals";
import { DAY_MS, HOUR_MS } from "../../../src/core/clock";
import { maySend, type Sendable, type SendingPolicy } from "../../../src/messaging/may-send";
import { NOON } from "../../support/messaging";

const POLICY: SendingPolicy = {
  quietFrom: "21:00",
  quietTo: "07:00",
  maxWavesPerDay: 3,
  limits: { replies: 10, templates: 10 },
  byPhone: true,
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
  refusedLanes: [],
  groupId: null,
  hasPhone: false,
  hasGroup: false,
  ...over,
});
const lane = (over: Partial<Sendable>, policy: Partial<SendingPolicy> = {}) => {
  const permission = maySend(reminder(over), { ...POLICY, ...policy }, NOON);
  return permission.kind === "yes" ? permission.lanes.join(", ") : `${permission.kind}: ${permission.reason}`;
};

describe("a card that nobody asked for", () => {
  const card = { kind: "card", message: { text: "thẻ" }, hasPhone: true } as const;
  test.each([
    [{}, "free"],
    [{ repliesLeft: 4 }, "free"],
    [{ repliesLeft: 3 }, "when-they-write: window-closed"],
    [{ lastInteractionAt: NOON - 48 * HOUR_MS - 1 }, "when-they-write: window-closed"],
    [{ lastInteractionAt: null }, "when-they-write: window-closed"],
    [{ wavesToday: 3 }, "free"],
    [{ optedOut: true }, "never: opted-out"],
  ])("%j: %s", (over, expected) => {
    expect(lane({ ...card, ...over })).toBe(expected);
  });
});

describe("the ways to a person, the cheapest first", () => {
  test.each([
    [{}, {}, "free, template"],
    [{ repliesLeft: 1 }, {}, "free, template"],
    [{ repliesLeft: 0 }, {}, "paid, template"],
    [{ lastInteractionAt: NOON - 48 * HOUR_MS }, {}, "free, template"],
    [{ lastInteractionAt: NOON - 48 * HOUR_MS - 1 }, {}, "paid, template"],
    [{ lastInteractionAt: NOON - 7 * DAY_MS }, {}, "paid, template"],
    [{ lastInteractionAt: NOON - 7 * DAY_MS - 1 }, {}, "template"],
    [{ lastInteractionAt: null }, {}, "template"],
    [{ lastInteractionAt: null, hasPhone: true }, {}, "template, phone"],
    [{ lastInteractionAt: null, hasPhone: true }, { byPhone: false }, "template"],
    [{ lastInteractionAt: null, hasPhone: true, refusedLanes: ["template"] }, {}, "phone"],
    [{ refusedLanes: ["free", "template"] }, {}, "never: window-closed"],
    [{ repliesLeft: 0 }, { limits: { replies: 0, templates: 10 } }, "template"],
    [{ lastInteractionAt: null }, { templates: new Set<never>() }, "never: window-closed"],
    [{ lastInteractionAt: null }, { limits: { replies: 10, templates: 0 } }, "never: window-closed"],
    [{ lastInteractionAt: null, message: { text: "nhắc" } }, {}, "never: window-closed"],
    [{ repliesLeft: 0 }, { limits: { replies: 0, templates: 0 } }, "never: free-replies-spent"],
    [{ lastInteractionAt: null, optedOut: true }, {}, "never: opted-out"],
    [{ lastInteractionAt: null, wavesToday: 3 }, {}, "never: daily-ceiling"],
    [{ lastInteractionAt: null, hasGroup: true, kind: "digest", message: { text: "tin" } }, {}, "group"],
    [{ unreachable: "-227", hasGroup: true, kind: "digest" }, {}, "group"],
    [{ optedOut: true, hasGroup: true, kind: "digest" }, {}, "group"],
    [{ wavesToday: 3, hasGroup: true, kind: "digest" }, {}, "never: daily-ceiling"],
    [{ unreachable: "-227" }, {}, "never: -227"],
    [{ groupId: "abc", unreachable: "-227", kind: "digest" }, {}, "group"],
    [
      { lastInteractionAt: null, kind: "notice", message: { text: "tin" } },
      {},
      "when-they-write: window-closed",
    ],
  ] as const)("%j under %j: %s", (over, policy, expected) => {
    expect(lane(over, policy)).toBe(expected);
  });
});
