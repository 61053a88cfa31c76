import { describe, expect, it } from "@jest/globals";
import type { Input } from "../../../src/conversation/event";
import { isDecided } from "../../../src/zalo/event-readers";
import { readEvent } from "../../../src/zalo/events";
import { FIXTURE_IDS, PERSON } from "../../support/fake-zalo";
import { webhookFixture, webhookFixtures } from "../../support/fake-zalo-fixtures";

const OA = FIXTURE_IDS.oaId;
const MEDIA = "https://f12-zpg.fixture.example/talk";
const read = (body: string) => readEvent(Buffer.from(body), OA);
const fixture = (name: string) => webhookFixture(name).rawBody;
const changed = (name: string, change: (body: Record<string, unknown>) => void): string => {
  const body = JSON.parse(fixture(name)) as Record<string, unknown>;
  change(body);
  return JSON.stringify(body);
};

type Expected = Input | "kept";
/** What each event about a person does; everything else is kept and counted. */
const TURNS: Readonly<Record<string, Expected>> = {
  user_send_text: { kind: "text", text: "Shop ơi, áo size M còn hàng không ạ?" },
  user_send_image: {
    kind: "files",
    text: "Mẫu này nhé shop",
    files: [{ kind: "image", url: `${MEDIA}/o/7c1e0a55.jpg`, name: "7c1e0a55.jpg" }],
  },
  user_send_gif: {
    kind: "files",
    files: [{ kind: "image", url: `${MEDIA}/o/51be9d02.gif`, name: "51be9d02.gif" }],
  },
  user_send_file: {
    kind: "files",
    files: [
      { kind: "file", url: `${MEDIA}/f/hoa-don-0917.pdf`, name: "hoa-don-0917.pdf", sizeBytes: 245760 },
    ],
  },
  user_send_audio: {
    kind: "files",
    files: [{ kind: "audio", url: `${MEDIA}/a/90ab12ce.amr`, name: "90ab12ce.amr" }],
  },
  user_send_video: { kind: "files", files: [{ kind: "video", url: `${MEDIA}/v/v33.mp4`, name: "v33.mp4" }] },
  user_send_link: { kind: "text", text: "https://vidu.example/san-pham/12" },
  user_send_sticker: { kind: "unreadable", what: "sticker" },
  user_send_location: { kind: "unreadable", what: "location" },
  user_send_business_card: { kind: "unreadable", what: "card" },
  follow: { kind: "follow" },
  unfollow: { kind: "unfollow" },
  user_submit_info: { kind: "shared-info", name: "Trần Minh Khoa" },
  "user_submit_info.legacy": { kind: "shared-info", name: "Trần Minh Khoa" },
  user_withdraw: { kind: "withdraw" },
  oa_send_text: { kind: "officer-spoke" },
};
/** Events without a turn that are still about the person we know. */
const ABOUT_PERSON = new Set([
  "oa_send_image",
  "oa_send_gif",
  "oa_send_file",
  "oa_send_sticker",
  "oa_send_list",
  "oa_send_template",
  "user_received_message",
  "user_seen_message",
  "user_reacted_message",
  "oa_reacted_message",
  "user_click_chatnow",
  "user_call_oa",
  "oa_call_user",
  "update_user_info",
  "add_user_to_tag",
  "remove_user_from_tag",
  "widget_interaction_accepted",
  "widget_failed_to_sync_user_external_id",
]);
const OPENS_WINDOW =
  /^(user_send_(?!group)|follow$|user_submit_info|user_click_chatnow|user_call_oa|oa_call_user)/;

describe("every event of the catalogue", () => {
  const all = webhookFixtures();

  it("is there", () => {
    expect(all).toHaveLength(89);
    expect(new Set(all.map(({ name }) => name.split(".")[0])).size).toBe(87);
  });

  it.each(all)("$name has been decided about", ({ name, rawBody }) => {
    const event = read(rawBody);
    expect(isDecided(event?.name ?? "")).toBe(true);
    expect(event?.name).toBe(name.split(".")[0]);
    expect(event?.input).toEqual(TURNS[name] ?? null);
    expect(event?.address).toBe(name in TURNS || ABOUT_PERSON.has(name) ? PERSON : null);
    expect(event?.opensWindow).toBe(OPENS_WINDOW.test(name));
    expect(rawBody).toContain(String(event?.occurredAt));
  });

  it("has a key of its own, the same at every delivery", () => {
    const keys = all.map(({ rawBody }) => read(rawBody)?.eventKey);
    expect(new Set(keys).size).toBe(all.length);
    const again = changed("user_send_text", (body) => (body["num_retry"] = 2));
    expect(read(again)?.eventKey).toBe(read(fixture("user_send_text"))?.eventKey);
  });
});

describe("reading an event", () => {
  it("keeps ids that come as bare numbers exact", () => {
    const body = fixture("user_send_text").replaceAll(/"(\d{19})"/g, "$1");
    expect(body).toContain(`"id":${PERSON}`);
    expect(read(body)).toEqual(read(fixture("user_send_text")));
  });

  it("reads a number as timestamp", () => {
    const body = changed("follow", (event) => (event["timestamp"] = 1793961159584));
    expect(read(body)?.occurredAt).toBe(1793961159584);
  });

  it("knows a message by its id and a reaction by its time as well", () => {
    const key = (name: string, timestamp: string) =>
      read(changed(name, (body) => (body["timestamp"] = timestamp)))?.eventKey;
    expect(key("user_send_text", "1793959261237")).toBe(key("user_send_text", "1793959261238"));
    expect(key("user_reacted_message", "1793959261237")).not.toBe(
      key("user_reacted_message", "1793959261238"),
    );
  });

  it.each([
    ["liên kết nhóm 7K2M9QXA", { kind: "group-bind", groupId: "c4d18e20f7ab63915e0d", code: "7K2M9QXA" }],
    ["[@1908837465520113774] Lien ket nhom 7k2m-9qxa.", { kind: "group-bind", code: "7K2M9QXA" }],
    ["Bỏ liên kết nhóm", { kind: "group-end", groupId: "c4d18e20f7ab63915e0d" }],
  ])("hears the words that bind a chat group: %s", (text, input) => {
    const event = read(changed("user_send_group_text", (body) => (body["message"] = { text, msg_id: "m1" })));
    expect(event).toMatchObject({ address: "5012293847716630458", input, opensWindow: false });
  });

  it.each(["liên kết nhóm là gì vậy", "ai liên kết nhóm 7K2M9QXA chưa", "báo cáo", "#report.start", "bỏ đi"])(
    "hears nothing else in a chat group: %s",
    (text) => {
      const event = read(
        changed("user_send_group_text", (body) => (body["message"] = { text, msg_id: "m1" })),
      );
      expect(event).toMatchObject({ address: null, input: null });
    },
  );

  it("knows that a group is over when the account itself has left it", () => {
    const left = (id: string) => read(changed("user_out_group", (body) => (body["users"] = [{ id }])));
    expect([left(OA)?.groupGone, left(PERSON)?.groupGone]).toEqual(["c4d18e20f7ab63915e0d", undefined]);
  });

  it("keeps an unknown name without a turn", () => {
    const event = read(changed("user_send_text", (body) => (body["event_name"] = "constructor")));
    expect(event).toMatchObject({ name: "constructor", address: null, input: null, opensWindow: false });
  });

  it.each(["user_send_text", "oa_send_text", "follow"])("answers nobody for another account: %s", (name) => {
    const event = readEvent(Buffer.from(fixture(name)), "1111111111111111111");
    expect(event).toMatchObject({ name, address: null, input: null, opensWindow: false });
  });

  it("takes no turn for its own echo", () => {
    const body = fixture("oa_send_text").replace(',"admin_id":"6604418823950017326"', "");
    expect(read(body)).toMatchObject({
      address: PERSON,
      input: null,
      opensWindow: false,
      echo: { messageId: "100fba519d15ff7b41a3", text: "Dạ size M còn 3 cái ạ." },
    });
    expect(read(fixture("oa_send_text"))?.echo).toBeUndefined();
    expect(read(fixture("oa_send_sticker"))?.echo).toBeUndefined();
  });

  it("tells operators of what only they can put right, and of nothing else", () => {
    const told = webhookFixtures().flatMap(({ rawBody }) => read(rawBody)?.alarm?.text ?? []);
    expect(told).toEqual([
      "⚠️ Zalo đổi hạn mức tin trong ngày của OA từ 5.000 thành 10.000.",
      "⚠️ Zalo đổi mức chất lượng của mẫu tin 418802 thành MEDIUM.",
      "⚠️ Zalo đổi hạn mức trong ngày của mẫu tin 418802 từ 500 thành 100.",
      "⚠️ Mẫu tin 418802 chuyển sang trạng thái REJECT: Logo không hợp lệ.",
      "⚠️ OA đã thu hồi quyền của ứng dụng: không gửi được tin nữa. Quản trị viên OA mở /zalo/authorize để cấp quyền lại.",
    ]);
    const foreign = readEvent(Buffer.from(fixture("permission_revoked")), "1111111111111111111");
    expect(foreign?.alarm).toBeUndefined();
  });

  it("finds the person on either side of a receipt", () => {
    const body = changed("user_received_message", (event) => {
      [event["sender"], event["recipient"]] = [event["recipient"], event["sender"]];
    });
    expect(read(body)?.address).toBe(PERSON);
  });

  it("does not open the window for a call nobody took", () => {
    expect(read(changed("oa_call_user", (body) => (body["talk_time"] = "0")))?.opensWindow).toBe(false);
  });

  it("takes no turn for blank words, and tells a link without words", () => {
    expect(
      read(changed("user_send_text", (body) => (body["message"] = { text: " \n", msg_id: "a" })))?.input,
    ).toBeNull();
    const link = changed("user_send_link", (body) => Object.assign(body["message"] as object, { text: "" }));
    expect(read(link)?.input).toEqual({ kind: "unreadable", what: "link" });
  });

  it("names a file that has no name, and drops addresses that are none", () => {
    const attachments = [
      { payload: { url: "https://f.zdn.vn/" } },
      { payload: { url: "javascript:alert(1)" } },
      7,
    ];
    const body = changed("user_send_image", (event) => (event["message"] = { msg_id: "b", attachments }));
    expect(read(body)?.input).toEqual({
      kind: "files",
      files: [{ kind: "image", url: "https://f.zdn.vn/", name: "Ảnh" }],
    });
  });

  it("gives nothing that a database would refuse", () => {
    const body = fixture("user_send_text").replace("Shop ơi", "a\\u0000b\\ud800c");
    expect(read(body)?.input).toEqual({ kind: "text", text: "ab\uFFFDc, áo size M còn hàng không ạ?" });
  });

  it("keeps keys short whatever comes", () => {
    const body = changed(
      "user_send_text",
      (event) => (event["message"] = { text: "a", msg_id: "x".repeat(10_000) }),
    );
    expect(read(body)?.eventKey.length).toBeLessThan(300);
  });

  it.each([
    "",
    "{}",
    "[]",
    "null",
    "7",
    '{"event_name":"follow"}',
    '{"event_name":7,"timestamp":"1793961159584"}',
    '{"event_name":"a","timestamp":"soon"}',
  ])("is no event: %s", (body) => {
    expect(read(body)).toBeNull();
  });
});
