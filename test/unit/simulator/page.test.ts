/** The page's files: nothing inline, nothing from elsewhere, everything they name is there. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ROOT } from "../../../src/core/root";
import { openStubRoom, type StubRoom } from "./stub-room";

const PAGE = join(ROOT, "src", "simulator", "page");
const files = readdirSync(PAGE);
const textOf = (file: string) => readFileSync(join(PAGE, file), "utf8");
const html = textOf("index.html");

describe("the page", () => {
  let room: StubRoom;
  beforeAll(async () => {
    room = await openStubRoom();
  });
  afterAll(() => room.close());

  test("lives in a folder, so that relative addresses hold", async () => {
    const response = await fetch(room.program.url("/simulator"), { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([302, "simulator/"]);
    const page = await fetch(room.program.url("/simulator"));
    expect(await page.text()).toBe(html);
  });

  test("allows itself nothing inline and nothing from elsewhere", async () => {
    const policy = (await fetch(room.url(""))).headers.get("content-security-policy");
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).not.toMatch(/unsafe|http|\*/);
  });

  test.each(files)("gets %s", async (file) => {
    const response = await fetch(room.url(file));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(textOf(file));
  });
});

test("the markup has no inline script, style or handler", () => {
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(html).not.toMatch(/<style|\bstyle=|\son[a-z]+=/);
  expect(html).toMatch(/<html lang="vi">/);
});

test("no file reaches for another machine or sets markup from text", () => {
  const offending = files.filter((file) =>
    /https?:\/\/(?!www\.w3\.org\/2000\/svg)\w|@import|innerHTML|insertAdjacentHTML|document\.write/.test(
      textOf(file),
    ),
  );
  expect(offending).toEqual([]);
});

test("every file and element that is named is there", () => {
  const named = files.flatMap((file) => [
    ...[...textOf(file).matchAll(/from "\.\/([\w-]+\.js)"/g)].map((match) => match[1]!),
    ...[...textOf(file).matchAll(/(?:href|src)="([\w-]+\.(?:css|js|svg))"/g)].map((match) => match[1]!),
  ]);
  expect(named.filter((name) => !existsSync(join(PAGE, name)))).toEqual([]);
  const ids = files.flatMap((file) =>
    [...textOf(file).matchAll(/byId\("([\w-]+)"\)/g)].map((match) => match[1]!),
  );
  expect(ids.filter((id) => !html.includes(`id="${id}"`))).toEqual([]);
});
