import { expect, test } from "@jest/globals";
import { createReceive } from "../../../src/app/webhook";
import type { Incoming } from "../../../src/messaging/ports";
import { createMetrics } from "../../../src/web/metrics";
import { readEvent } from "../../../src/zalo/events";
import { createVerify } from "../../../src/zalo/signature";
import { FIXTURE_IDS } from "../../support/fake-zalo";
import { webhookFixture } from "../../support/fake-zalo-fixtures";

const metrics = () => createMetrics([]);

function aReceiver(figures = metrics()) {
  const alarms: string[] = [];
  const ended: string[] = [];
  const keys = new Set<string>();
  const receive = createReceive({
    zalo: {
      verify: createVerify(FIXTURE_IDS),
      read: (body) => readEvent(body, FIXTURE_IDS.oaId),
    },
    inbox: {
      record: ({ eventKey }: Incoming) => {
        const result = keys.has(eventKey) ? ("duplicate" as const) : ("recorded" as const);
        keys.add(eventKey);
        return Promise.resolve(result);
      },
    },
    metrics: figures,
    endGroup: (groupId) => Promise.resolve(void ended.push(groupId)),
    alarm: ({ cause }) => alarms.push(cause),
  });
  const deliver = (name: string) => {
    const { rawBody, headers } = webhookFixture(name);
    return receive(
      Buffer.from(rawBody),
      Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value])),
    );
  };
  return { deliver, receive, alarms, ended };
}

test("operators hear once of a withdrawn permission, however often it is delivered", async () => {
  const { deliver, alarms } = aReceiver();
  expect(await deliver("permission_revoked")).toBe("accepted");
  expect(await deliver("permission_revoked")).toBe("accepted");
  expect(await deliver("user_send_text")).toBe("accepted");
  expect(alarms).toHaveLength(1);
});

test("a chat group that is gone is nobody's any more", async () => {
  const { deliver, ended } = aReceiver();
  for (const name of ["user_send_group_text", "user_out_group", "update_group_info", "delete_group"])
    expect(await deliver(name)).toBe("accepted");
  expect(ended).toEqual(["c4d18e20f7ab63915e0d"]);
});

test("the figures tell which reading of the signature matched", async () => {
  const figures = metrics();
  const { deliver, receive } = aReceiver(figures);
  await deliver("user_send_text");
  expect(await receive(Buffer.from("{}"), {})).toBe("dropped");
  expect(await figures.text()).toContain(
    'cau_noi_webhook_signatures_total{secret="oa-secret-key",first_term="app-id"} 1',
  );
});
