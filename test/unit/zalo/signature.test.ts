import crypto, { createHash } from "node:crypto";
import { describe, expect, it, jest } from "@jest/globals";
import { createVerify, type WebhookHeaders } from "../../../src/zalo/signature";
import { FIXTURE_IDS } from "../../support/fake-zalo";
import { webhookFixtures } from "../../support/fake-zalo-fixtures";

const BODY = '{"app_id":"4127780359914062381","event_name":"user_send_text","timestamp":"1793959200000"}';
const TIMESTAMP = "1793959200000";
/** The test vector of the platform's reference. */
const MAC = "0389d85a03fc3b9d0c4c1b9565f4190de3e79d4eae159406801656f50f5288f6";

const signed = (first: string, body: string, timestamp: string, secret: string): string =>
  createHash("sha256")
    .update(first + body + timestamp + secret)
    .digest("hex");
const check = (body: string, headers: WebhookHeaders) =>
  createVerify(FIXTURE_IDS)(Buffer.from(body), headers);
const withMac = (mac: string, more: WebhookHeaders = {}): WebhookHeaders => ({
  "x-zevent-signature": mac,
  ...more,
});

describe("the signature of a webhook", () => {
  it("agrees with the published test vector", () => {
    expect(check(BODY, withMac(`mac=${MAC}`))).toEqual({
      secret: "oa-secret-key",
      firstTerm: "app-id",
      timestamp: "body",
    });
  });

  it.each([MAC, `mac=${MAC.toUpperCase()}`, ` MAC = ${MAC} `, ` ${MAC}`])("reads the header %j", (header) => {
    expect(check(BODY, withMac(header))).not.toBeNull();
  });

  it.each(["", "mac=", `mac=${MAC.slice(1)}`, `mac=${MAC}0`, "mac=zz", `sha256=${MAC}`])(
    "refuses the header %j",
    (header) => {
      expect(check(BODY, withMac(header))).toBeNull();
    },
  );

  it("refuses a call without a signature", () => {
    expect(check(BODY, {})).toBeNull();
  });

  it("takes the first of repeated headers", () => {
    expect(check(BODY, { "x-zevent-signature": [`mac=${MAC}`, "mac=other"] })).not.toBeNull();
  });

  it.each([
    ["app-id", "oa-secret-key", FIXTURE_IDS.appId, FIXTURE_IDS.oaSecretKey],
    ["app-id", "app-secret", FIXTURE_IDS.appId, FIXTURE_IDS.appSecret],
    ["oa-id", "oa-secret-key", FIXTURE_IDS.oaId, FIXTURE_IDS.oaSecretKey],
    ["oa-id", "app-secret", FIXTURE_IDS.oaId, FIXTURE_IDS.appSecret],
  ])("tells that %s and %s matched", (firstTerm, secret, first, key) => {
    const mac = signed(first, BODY, TIMESTAMP, key);
    expect(check(BODY, withMac(mac))).toEqual({ firstTerm, secret, timestamp: "body" });
  });

  it.each([
    [{ secret: "app-secret" }, FIXTURE_IDS.appId, FIXTURE_IDS.appSecret],
    [{ firstTerm: "oa-id" }, FIXTURE_IDS.oaId, FIXTURE_IDS.oaSecretKey],
    [{ secret: "app-secret", firstTerm: "oa-id" }, FIXTURE_IDS.oaId, FIXTURE_IDS.appSecret],
  ] as const)("takes only the reading that settings name: %j", (signature, first, key) => {
    const settings = { ...FIXTURE_IDS, signature };
    const mac = signed(first, BODY, TIMESTAMP, key);
    expect(createVerify(settings)(Buffer.from(BODY), withMac(mac))).toMatchObject(signature);
    expect(createVerify(settings)(Buffer.from(BODY), withMac(MAC))).toBeNull();
  });

  it.each([
    ["the first reading", FIXTURE_IDS.appId, FIXTURE_IDS.oaSecretKey],
    ["the last reading", FIXTURE_IDS.oaId, FIXTURE_IDS.appSecret],
    ["none", "", ""],
  ])("compares every reading in constant time, also where %s matches", (_which, first, key) => {
    const compare = jest.spyOn(crypto, "timingSafeEqual");
    try {
      check(BODY, withMac(signed(first, BODY, TIMESTAMP, key)));
      expect(compare).toHaveBeenCalledTimes(4);
    } finally {
      compare.mockRestore();
    }
  });

  it("tries the reading that matched last first, and all of them for what it does not match", () => {
    const compare = jest.spyOn(crypto, "timingSafeEqual");
    const verifyNext = createVerify(FIXTURE_IDS);
    const readings = [
      [FIXTURE_IDS.appId, FIXTURE_IDS.oaSecretKey],
      [FIXTURE_IDS.oaId, FIXTURE_IDS.appSecret],
    ] as const;
    const comparedFor = ([first, key]: readonly [string, string]): number => {
      compare.mockClear();
      const isTaken = verifyNext(Buffer.from(BODY), withMac(signed(first, BODY, TIMESTAMP, key))) !== null;
      return isTaken ? compare.mock.calls.length : -compare.mock.calls.length;
    };
    const [usual, other] = readings;
    try {
      expect([usual, usual, usual].map(comparedFor)).toEqual([4, 1, 1]);
      expect(comparedFor(["", ""])).toBe(-4);
      // The platform signs otherwise from now on.
      expect([other, other, usual].map(comparedFor)).toEqual([4, 1, 4]);
    } finally {
      compare.mockRestore();
    }
  });

  it("is of the bytes as they came, not of what they mean", () => {
    const body = `{ "app_id":"${FIXTURE_IDS.appId}", "text":"Qu\\u1ef9 m\\u1ea1o hi\u1ec3m\\/\u0065\u0323", "timestamp":${TIMESTAMP} }`;
    const mac = signed(FIXTURE_IDS.appId, body, TIMESTAMP, FIXTURE_IDS.oaSecretKey);
    expect(check(body, withMac(mac))).not.toBeNull();
    expect(check(JSON.stringify(JSON.parse(body)), withMac(mac))).toBeNull();
    expect(check(body.normalize("NFC"), withMac(mac))).toBeNull();

    // No text at all: half a letter survives neither decoding nor encoding.
    const bytes = Buffer.concat([Buffer.from(body), Buffer.from([0xff, 0xe1, 0xba])]);
    const ofBytes = createHash("sha256").update(FIXTURE_IDS.appId).update(bytes).update(TIMESTAMP);
    const header = withMac(ofBytes.update(FIXTURE_IDS.oaSecretKey).digest("hex"));
    expect(createVerify(FIXTURE_IDS)(bytes, header)).not.toBeNull();
    expect(createVerify(FIXTURE_IDS)(Buffer.from(bytes.toString("utf8")), header)).toBeNull();
  });

  it("falls back to the timestamp of the header", () => {
    const body = '{"event_name":"follow"}';
    const mac = signed(FIXTURE_IDS.appId, body, TIMESTAMP, FIXTURE_IDS.oaSecretKey);
    expect(check(body, withMac(mac, { "x-zevent-timestamp": TIMESTAMP }))?.timestamp).toBe("header");
    expect(check(body, withMac(mac))).toBeNull();
  });

  it("reads a bare number as timestamp", () => {
    const body = `{"timestamp" : ${TIMESTAMP}}`;
    const mac = signed(FIXTURE_IDS.appId, body, TIMESTAMP, FIXTURE_IDS.oaSecretKey);
    expect(check(body, withMac(mac))).not.toBeNull();
  });

  it("refuses one changed byte and another secret", () => {
    expect(check(BODY.replace("text", "tex_"), withMac(MAC))).toBeNull();
    expect(check(BODY, withMac(signed(FIXTURE_IDS.appId, BODY, TIMESTAMP, "another")))).toBeNull();
  });

  it("cannot be moved from the body into the header", () => {
    const cut = BODY.length - 2;
    const timestamp = BODY.slice(cut) + TIMESTAMP;
    expect(check(BODY.slice(0, cut), withMac(MAC, { "x-zevent-timestamp": timestamp }))).toBeNull();
  });

  it.each(webhookFixtures())("finds $name authentic", ({ headers, rawBody }) => {
    expect(check(rawBody, headers)).toEqual({
      secret: "oa-secret-key",
      firstTerm: "app-id",
      timestamp: "body",
    });
  });
});
