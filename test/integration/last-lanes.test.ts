/**
 * The lanes of last resort: an office binds a chat group, and the digest that nobody of its staff can be sent goes
 * there once; a reporter gives a phone number, sees it masked, and takes it back.
 */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { at } from "../../src/core/clock";
import type { PretendEvent } from "../../src/simulator/pretend-zalo-events";
import { startProgram, type Program } from "../support/program";
import { DATABASES } from "../support/program-databases";
import { invite, link } from "../support/story";

const TIMEOUT_MS = 180_000;
const GROUP = "c4d18e20f7ab63915e0d";
const [FIRST, SECOND] = ["3158704921176034001", "3158704921176034002"] as const;
const REPORTER = "3158704921176034003";
const OFFICE = "so-gddt";
const auditShape = z.object({ items: z.array(z.object({ action: z.string(), target: z.string() })) });

/** The server where there is one: a digest of hundreds of units is frozen here. */
const database = DATABASES.at(-1) ?? "PGlite";

let program: Program;
beforeAll(async () => {
  program = await startProgram({
    startsAt: at("2025-12-03", "16:55"),
    database,
    env: { ZALO_TEMPLATE_REMINDER: "316001" },
  });
}, TIMEOUT_MS);
afterAll(() => program.end(), TIMEOUT_MS);

/** The words that were posted; pictures come beside them. */
const posted = () =>
  program.fake.zalo.elsewhere.groupPosts.flatMap(({ groupId, text }) =>
    text === null ? [] : [`${groupId} ${text}`],
  );
async function happens(event: PretendEvent): Promise<void> {
  expect(await program.deliver(program.fake.zalo.signedWebhook(event))).toBe(200);
  await program.settle();
}
const inGroup = (text: string) => happens({ kind: "group-text", from: FIRST, groupId: GROUP, text });
const groupActions = async () =>
  (await program.read("/audit", auditShape)).items
    .filter(({ action }) => action.startsWith("group-"))
    .map(({ action, target }) => `${action} ${target}`);

test(
  "a digest goes to the group once, and the group is nobody's when the platform ends it",
  async () => {
    program.fake.zalo.elsewhere.ownGroup(GROUP);
    for (const user of [FIRST, SECOND]) {
      await program.follows(user);
      await link(program, user, await invite(program, OFFICE, "staff"));
    }
    await inGroup("Chiều nay họp nhé mọi người");
    await inGroup("báo cáo");
    expect(posted()).toEqual([]);
    const code = await invite(program, OFFICE, "staff");
    await inGroup(`liên kết nhóm ${code}`);
    expect(posted()).toEqual([expect.stringContaining(`${GROUP} ✅ Nhóm này đã liên kết với Sở`)]);
    await inGroup(`liên kết nhóm ${code}`);
    expect(posted()).toHaveLength(2);
    expect(posted()[1]).toContain("đã được sử dụng");
    expect(await groupActions()).toEqual([`group-linked ${OFFICE}`]);

    // The platform delivers to neither of the staff any more.
    for (const user of [FIRST, SECOND]) {
      program.fake.zalo.scriptNext("message", { do: "error", code: -227 });
      await program.says(user, "menu");
    }
    await program.clock(at("2025-12-03", "17:01"));
    await program.settle();
    expect(posted()).toHaveLength(3);
    expect(posted()[2]).toMatch(/TH-[0-9A-Z]{7}/);

    await happens({ kind: "group-deleted", groupId: GROUP });
    expect(await groupActions()).toEqual([`group-unlinked ${OFFICE}`, `group-linked ${OFFICE}`]);
  },
  TIMEOUT_MS,
);

test(
  "a phone number is asked for with the platform's form, kept where nobody reads it, and taken back",
  async () => {
    await link(program, REPORTER, await invite(program, "10237", "reporter"));
    await program.taps(REPORTER, "Nhận tin nhắc qua số điện thoại");
    const forms = program.fake.zalo.calls.filter(({ body }) =>
      JSON.stringify(body).includes("request_user_info"),
    );
    expect(forms.map(({ answer }) => answer?.body)).toEqual([expect.objectContaining({ error: 0 })]);

    await happens({ kind: "submit-info", from: REPORTER, name: "Lan", phone: "84900000017" });
    await program.says(REPORTER, "dữ liệu của tôi");
    expect(program.heard(REPORTER).at(-1)?.text).toContain("• Số điện thoại nhận tin nhắc: ********017.");
    expect(program.output()).not.toContain("900000017");

    await program.taps(REPORTER, "Bỏ số điện thoại");
    await program.says(REPORTER, "dữ liệu của tôi");
    expect(program.heard(REPORTER).at(-1)?.text).not.toContain("Số điện thoại");

    // Who has not agreed leaves nothing behind.
    await happens({ kind: "submit-info", from: REPORTER, name: "Lan", phone: "84900000017" });
    await program.says(REPORTER, "dữ liệu của tôi");
    expect(program.heard(REPORTER).at(-1)?.text).not.toContain("Số điện thoại");
  },
  TIMEOUT_MS,
);
