/**
 * The lanes of last resort: an office binds a chat group, and the digest that nobody of its staff can be sent goes
 * there once, or back to the staff where the group is lost; a reporter gives a phone number, is reminded there,
 * sees it masked, and takes it back.
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
const [REPORTER, THIRD, GONE] = [
  "3158704921176034003",
  "3158704921176034004",
  "3158704921176034005",
] as const;
const OTHER_GROUP = "d5e29f31a8bc74a26f1e";
const OFFICE = "so-gddt";
const OTHER_OFFICE = "so-khcn";
const PHONE = "84900000017";
const neverShape = z.object({
  items: z.array(z.object({ kind: z.string(), lastError: z.string(), createdAt: z.string() })),
});
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

const reports = async (user: string) => link(program, user, await invite(program, "10237", "reporter"));
/** In the platform's own form. */
async function givesPhone(user: string): Promise<void> {
  await program.taps(user, "Nhận tin nhắc qua số điện thoại");
  await happens({ kind: "submit-info", from: user, name: "Lan", phone: PHONE });
  expect(await knownOf(user)).toContain("• Số điện thoại nhận tin nhắc: ********017.");
}
async function knownOf(user: string): Promise<string> {
  await program.says(user, "dữ liệu của tôi");
  return program.heard(user).at(-1)?.text ?? "";
}

test(
  "a phone number is asked for with the platform's form, kept where nobody reads it, and taken back",
  async () => {
    await reports(GONE);
    await givesPhone(GONE);
    const forms = program.fake.zalo.calls.filter(({ body }) =>
      JSON.stringify(body).includes("request_user_info"),
    );
    expect(forms.map(({ answer }) => answer?.body)).toEqual([expect.objectContaining({ error: 0 })]);
    const [picture] = /https?:[^"]+form\.png/.exec(JSON.stringify(forms[0]?.body)) ?? [""];
    const shown = await fetch(picture);
    expect([shown.status, shown.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(Buffer.from(await shown.arrayBuffer()).toString("latin1", 1, 4)).toBe("PNG");
    expect(program.output()).not.toContain(PHONE.slice(2));

    await program.taps(GONE, "Bỏ số điện thoại");
    expect(await knownOf(GONE)).not.toContain("Số điện thoại");
    // Who has not agreed leaves nothing behind.
    await happens({ kind: "submit-info", from: GONE, name: "Lan", phone: PHONE });
    expect(await knownOf(GONE)).not.toContain("Số điện thoại");
  },
  TIMEOUT_MS,
);

test(
  "a reminder that neither conversation nor account takes goes to the phone number, until its owner goes",
  async () => {
    const phoned = () => program.fake.zalo.elsewhere.phonePosts.map(({ phone }) => phone);
    const remindedAt = async (day: string, time: string, next: string) => {
      await program.clock(at(day, time));
      program.fake.zalo.scriptNext("message", { do: "error", code: -230 });
      program.fake.zalo.scriptNext("template", { do: "error", code: -249 });
      await program.clock(at(day, next));
      await program.settle();
    };
    const erases = async (user: string) => {
      await program.says(user, "xóa dữ liệu");
      await program.taps(user, "Xác nhận xóa");
    };
    await erases(GONE);
    await reports(REPORTER);
    await givesPhone(REPORTER);
    await remindedAt("2025-12-04", "14:59", "15:01");
    expect(phoned()).toEqual([PHONE]);

    for (const forget of [erases, (user: string) => happens({ kind: "withdraw", from: user })]) {
      await forget(REPORTER);
      await reports(REPORTER);
      expect(await knownOf(REPORTER)).not.toContain("Số điện thoại");
      await givesPhone(REPORTER);
    }
  },
  TIMEOUT_MS,
);

test(
  "a digest for a group that the account was taken out of goes back to the office's staff",
  async () => {
    program.fake.zalo.elsewhere.ownGroup(OTHER_GROUP);
    await link(program, THIRD, await invite(program, OTHER_OFFICE, "staff"));
    const bind = `liên kết nhóm ${await invite(program, OTHER_OFFICE, "staff")}`;
    await happens({ kind: "group-text", from: THIRD, groupId: OTHER_GROUP, text: bind });
    program.fake.zalo.scriptNext("message", { do: "error", code: -227 });
    await program.says(THIRD, "menu");
    program.fake.zalo.elsewhere.loseGroup(OTHER_GROUP);

    await program.clock(at("2025-12-04", "17:01"));
    await program.settle();
    expect((await groupActions()).slice(0, 2)).toEqual([
      `group-unlinked ${OTHER_OFFICE}`,
      `group-linked ${OTHER_OFFICE}`,
    ]);
    expect(program.output()).toContain(`group-lost ${OTHER_OFFICE}`);
    const lost = (await program.read("/deliveries?status=never", neverShape)).items.filter(
      ({ kind, createdAt }) => kind === "digest" && Date.parse(createdAt) >= at("2025-12-04", "17:00"),
    );
    // Of the group what the platform said, of its staff why they cannot be reached: nobody has it, and it shows.
    expect(new Set(lost.map(({ lastError }) => lastError))).toEqual(
      new Set(["-227 USER_INACTIVE_OR_BANNED", "-403 OA_NOT_IN_GROUP"]),
    );
  },
  TIMEOUT_MS,
);
