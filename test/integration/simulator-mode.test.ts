/** Without credentials the program is a rehearsal: it says where to look, starts at once and answers there. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { freshData, type FreshData } from "../support/program-databases";
import { runProgram, type Running } from "../support/program-process";

const FIRST_START_TIMEOUT_MS = 120_000;

let data: FreshData;
let running: Running;

beforeAll(async () => {
  data = await freshData("PGlite");
  running = await runProgram(data.env);
}, FIRST_START_TIMEOUT_MS);

afterAll(async () => {
  await running.stop();
  await data.remove();
}, FIRST_START_TIMEOUT_MS);

const statusOf = async (path: string) => (await fetch(running.url + path)).status;

test("prints the address of the simulator page, and the page answers", async () => {
  const address = /http:\/\/[^\s"]+\/simulator/.exec(running.output())?.[0];
  expect(address?.replace("localhost", "127.0.0.1")).toBe(`${running.url}/simulator`);
  const page = await fetch(`${running.url}/simulator`);
  expect(page.status).toBe(200);
  expect(page.headers.get("content-type")).toMatch(/^text\/html/);
  expect(await page.text()).toMatch(/<html[^>]* lang="?vi/);
});

test("made a token of its own, and nobody gets in without it", async () => {
  expect(await statusOf("/api/v1/units")).toBe(401);
});

test("answers its health", async () => {
  expect(await statusOf("/healthz")).toBe(200);
  expect(await statusOf("/readyz")).toBe(200);
  expect(await statusOf("/webhook/zalo")).toBe(200);
});

test("has no /dev unless that is asked for", async () => {
  expect((await fetch(`${running.url}/dev/settle`, { method: "POST" })).status).toBe(404);
});

test(
  "ends when asked, with status 0, and starts again on the same data",
  async () => {
    expect(await running.stop()).toBe(0);
    running = await runProgram(data.env);
    expect(await statusOf("/readyz")).toBe(200);
  },
  FIRST_START_TIMEOUT_MS,
);
