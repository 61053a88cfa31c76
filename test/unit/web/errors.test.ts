import { describe, expect, test } from "@jest/globals";
import { AppError, broken, refused, stale } from "../../../src/core/errors";
import { silentLog, type Log } from "../../../src/core/log";
import { aWeb } from "../../support/web-stubs";

/** A web whose every list of lines ends with `error`, and what it wrote to the log. */
async function failingWith(error: Error) {
  const logged: string[] = [];
  const fields: unknown[] = [];
  const log: Log = {
    ...silentLog,
    error: (message, more) => {
      logged.push(message);
      fields.push(more);
    },
  };
  const web = await aWeb({ log, api: { listLines: () => Promise.reject(error) } });
  return { answer: await web.call("GET", "/api/v1/lines"), logged, fields };
}

describe("what a room refuses", () => {
  test.each([
    ["unknown-line", 404],
    ["obligation-unknown", 404],
    ["extension-not-later", 400],
    ["already-reported", 409],
  ])("%s is answered %d with its own words", async (code, status) => {
    const { answer, logged } = await failingWith(refused(code, "Lý do.", { line: "x" }));
    expect(answer).toMatchObject({
      status,
      json: { error: { code, message: "Lý do.", details: { line: "x" } } },
    });
    expect(logged).toEqual([]);
  });

  test("has no details where there are none", async () => {
    const { answer } = await failingWith(refused("unknown-line", "Lý do."));
    expect(answer.json).toEqual({ error: { code: "unknown-line", message: "Lý do." } });
  });

  test("because the state changed in between is a conflict", async () => {
    const { answer } = await failingWith(stale("report-version"));
    expect(answer).toMatchObject({ status: 409, json: { error: { code: "changed" } } });
  });
});

describe("faults of ours", () => {
  test.each([
    ["broken", broken("seal", "key abc does not open", { key: "abc" }), 500, "internal"],
    ["temporary", new AppError("temporary", "db", "host abc away"), 503, "unavailable"],
    ["unforeseen", new TypeError("abc is undefined"), 500, "internal"],
    // What is thrown need not be an error: nothing may depend on that.
    ["no error at all", "abc" as unknown as Error, 500, "internal"],
  ])("%s: logged, and told without the reason", async (_what, error, status, code) => {
    const { answer, logged } = await failingWith(error);
    expect(answer).toMatchObject({ status, json: { error: { code } } });
    expect(answer.text).not.toContain("abc");
    expect(logged).toEqual(["a request failed"]);
  });

  test("the log names the cause and not the values of the query that failed", async () => {
    const cause = new Error("deadlock detected");
    const { fields } = await failingWith(new Error("Failed query: insert\nparams: điều riêng tư", { cause }));
    expect(fields).toEqual([
      { method: "GET", path: "/api/v1/lines", reason: "deadlock detected", error: cause },
    ]);
  });

  test("a port that answers in another shape is one", async () => {
    const web = await aWeb({
      api: { listLines: () => Promise.resolve([{ id: 1 }] as unknown as []) },
    });
    expect(await web.call("GET", "/api/v1/lines")).toMatchObject({
      status: 500,
      json: { error: { code: "internal" } },
    });
  });
});
