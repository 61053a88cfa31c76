import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { sha256Hex } from "../../../src/core/ids";
import { createClient, type Fetched } from "../../../src/zalo/client";
import { createFetchMedia } from "../../../src/zalo/media";
import { typeOf } from "../../../src/zalo/media-types";
import { startFakeZalo, type FakeZalo } from "../../support/fake-zalo";

const JPG = Buffer.from("ffd8ffe000104a46494600010100", "hex");
const PUBLIC = { apiUrl: "https://openapi.zalo.me" };

/** A client that notes where it was sent and answers from a list. */
function scripted(...answers: Fetched[]) {
  const asked: string[] = [];
  return {
    asked,
    fetch: (url: URL): Promise<Fetched> => {
      asked.push(url.toString());
      return Promise.resolve(answers.shift() ?? { kind: "bytes", bytes: JPG });
    },
  };
}

describe("fetching a person's file", () => {
  it("takes it from the platform's hosts, always by https", async () => {
    const client = scripted();
    const media = createFetchMedia(PUBLIC, client);
    expect(await media("http://f12-zpg.zdn.vn/a/b.jpg?x=1")).toEqual({
      kind: "got",
      bytes: JPG,
      mime: "image/jpeg",
      sha256: sha256Hex(JPG),
    });
    await media("https://s160-ava-talk.zadn.vn/x");
    expect(client.asked).toEqual(["https://f12-zpg.zdn.vn/a/b.jpg?x=1", "https://s160-ava-talk.zadn.vn/x"]);
  });

  it.each([
    ["https://evil.example/zdn.vn", "foreign-host"],
    ["https://zdn.vn.evil.example/", "foreign-host"],
    ["https://notzdn.vn/", "foreign-host"],
    ["https://f.zdn.vn:8443/", "foreign-host"],
    ["http://127.0.0.1/", "foreign-host"],
    ["http://169.254.169.254/latest", "foreign-host"],
    ["https://me:pw@f.zdn.vn/", "bad-address"],
    ["file:///etc/passwd", "bad-address"],
    ["f.zdn.vn/a", "bad-address"],
  ])("never goes to %s", async (address, reason) => {
    const client = scripted();
    expect(await createFetchMedia(PUBLIC, client)(address)).toEqual({ kind: "never", reason });
    expect(client.asked).toEqual([]);
  });

  it("follows from one of the platform's hosts to another, and nowhere else", async () => {
    const within = scripted({ kind: "moved", to: "//b.zadn.vn/y" });
    expect(await createFetchMedia(PUBLIC, within)("https://a.zdn.vn/x")).toMatchObject({ kind: "got" });
    expect(within.asked).toEqual(["https://a.zdn.vn/x", "https://b.zadn.vn/y"]);
    const away = scripted({ kind: "moved", to: "https://evil.example/" });
    expect(await createFetchMedia(PUBLIC, away)("https://a.zdn.vn/x")).toEqual({
      kind: "never",
      reason: "foreign-host",
    });
    expect(away.asked).toEqual(["https://a.zdn.vn/x"]);
  });

  it("does not follow round and round", async () => {
    const moved: Fetched = { kind: "moved", to: "/again" };
    const client = scripted(moved, moved, moved, moved, moved, moved);
    expect((await createFetchMedia(PUBLIC, client)("https://a.zdn.vn/x")).kind).toBe("never");
    expect(client.asked).toHaveLength(4);
  });

  it("tells what may be asked again from what is gone", async () => {
    const media = (answer: Fetched) => createFetchMedia(PUBLIC, scripted(answer))("https://a.zdn.vn/x");
    expect(await media({ kind: "failed", status: 404, reason: "http-404" })).toEqual({
      kind: "never",
      reason: "gone",
    });
    expect(await media({ kind: "failed", status: 503, reason: "http-503" })).toEqual({
      kind: "later",
      reason: "http-503",
    });
    expect(await media({ kind: "failed", status: null, reason: "ECONNRESET" })).toMatchObject({
      kind: "later",
    });
    expect(await media({ kind: "too-large" })).toEqual({ kind: "never", reason: "too-large" });
    expect(await media({ kind: "bytes", bytes: Buffer.from("<html>") })).toEqual({
      kind: "never",
      reason: "bad-type",
    });
  });
});

describe("over the wire", () => {
  let fake: FakeZalo;
  beforeEach(async () => {
    fake = await startFakeZalo();
  });
  afterEach(() => fake.close());
  const media = (address: string) => createFetchMedia(fake.settings, createClient(fake.settings))(address);

  it("takes files from this machine while the platform is pretended", async () => {
    const url = fake.zalo.hostFile({ name: "anh.jpg", mime: "image/jpeg", bytes: JPG });
    expect(await media(url)).toMatchObject({ kind: "got", bytes: JPG });
    expect(await media(`${url}-gone`)).toEqual({ kind: "never", reason: "gone" });
  });

  it("stops reading at 20 MB", async () => {
    const bytes = Buffer.concat([JPG, Buffer.alloc(20 * 1024 * 1024 - JPG.length)]);
    const fits = fake.zalo.hostFile({ name: "a", mime: "image/jpeg", bytes });
    const over = fake.zalo.hostFile({
      name: "b",
      mime: "image/jpeg",
      bytes: Buffer.concat([bytes, Buffer.alloc(1)]),
    });
    expect(await media(fits)).toMatchObject({ kind: "got" });
    expect(await media(over)).toEqual({ kind: "never", reason: "too-large" });
  });

  it("comes again when nobody answers", async () => {
    expect(await media("http://127.0.0.1:1/a")).toEqual({ kind: "later", reason: "ECONNREFUSED" });
  });
});

describe("the type of a file", () => {
  const zip = (part: string) => Buffer.concat([Buffer.from("504b0304", "hex"), Buffer.from(part)]);
  it.each<[string, Buffer, string | null]>([
    ["a PNG", Buffer.from("89504e470d0a1a0a", "hex"), "image/png"],
    ["a GIF", Buffer.from("GIF89a"), "image/gif"],
    ["a WebP", Buffer.from("RIFF\0\0\0\0WEBPVP8 "), "image/webp"],
    ["a HEIC", Buffer.from("\0\0\0\x18ftypheic"), "image/heic"],
    ["a PDF", Buffer.from("%PDF-1.4"), "application/pdf"],
    [
      "a Word document",
      zip("...word/document.xml"),
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ],
    [
      "a sheet",
      zip("...xl/workbook.xml"),
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ],
    ["an old Word document", Buffer.from("d0cf11e0a1b11ae1", "hex"), "application/x-ole-storage"],
    ["a voice message", Buffer.from("#!AMR\n"), "audio/amr"],
    ["another voice message", Buffer.from("\0\0\0\x18ftypM4A "), "audio/mp4"],
    ["a film", Buffer.from("\0\0\0\x18ftypisom"), "video/mp4"],
    ["Vietnamese text", Buffer.from("Số tin, bài: 5\n"), "text/plain"],
    ["an archive", zip("run.exe"), null],
    ["a program", Buffer.from("MZ\x90\0\x03"), null],
    ["a page", Buffer.from(" <!doctype html>"), null],
    ["a drawing with scripts", Buffer.from("<svg onload=alert(1)>"), null],
    ["nothing", Buffer.alloc(0), null],
  ])("of %s", (_what, bytes, mime) => {
    expect(typeOf(bytes)).toBe(mime);
  });
});
