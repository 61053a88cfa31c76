/** Chatting at the simulator: every word of a person is a signed webhook, every answer a real call. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { tap } from "../../../src/conversation/message";
import { openStubRoom, type StubRoom } from "./stub-room";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+M8AAAMBAQDJ/pLvAAAAAElFTkSuQmCC",
  "base64",
);

let room: StubRoom;
beforeEach(async () => {
  room = await openStubRoom();
});
afterEach(() => room.close());

const events = () => room.program.webhooks;

describe("adding a person", () => {
  test("makes them follow the account under an id no JavaScript number holds", async () => {
    const citizen = await room.addPerson("citizen");
    expect(BigInt(citizen.id)).toBeGreaterThan(2n ** 53n);
    expect(citizen).toMatchObject({ name: "Người dân", unitCode: null, linkWords: null });
    expect(events()).toMatchObject([{ event_name: "follow", follower: { id: citizen.id } }]);
  });

  test("gives a principal the invitation of the chosen school", async () => {
    const principal = await room.addPerson("principal", "thpt-chu-van-an");
    expect(principal).toMatchObject({
      name: "Hiệu trưởng THPT Chu Văn An",
      unitName: "Trường THPT Chu Văn An",
      linkWords: "liên kết MA1",
    });
    expect([...room.program.world.invitations.values()]).toEqual([
      { unitCode: "thpt-chu-van-an", role: "reporter" },
    ]);
  });

  test("takes an office from the role", async () => {
    expect(await room.addPerson("office")).toMatchObject({
      name: "Cán bộ Văn phòng Sở",
      unitCode: "so-gddt",
    });
    expect([...room.program.world.invitations.values()]).toEqual([{ unitCode: "so-gddt", role: "staff" }]);
  });

  test("refuses what is not there", async () => {
    const post = async (body: unknown) => (await room.call("POST", "people", body)).status;
    expect(await post({ roleId: "king" })).toBe(404);
    expect(await post({ roleId: "principal" })).toBe(409);
    expect(await post({ roleId: "principal", unitCode: "nowhere" })).toBe(404);
    expect(await post({ roleId: "citizen", admin: true })).toBe(400);
  });

  test("ends at a number that the file can hold", async () => {
    for (let i = 0; i < 60; i++) await room.addPerson("citizen");
    expect((await room.call("POST", "people", { roleId: "citizen" })).status).toBe(409);
  });

  test("finds units of the role alone, whatever the accents", async () => {
    const { body } = await room.call("GET", "units?role=principal&query=chu%20van");
    expect(body.items.map(({ code }) => code)).toEqual(["thpt-chu-van-an"]);
    const all = await room.call("GET", "units?role=principal");
    expect(all.body.items).toHaveLength(4);
    expect((await room.call("GET", "units?role=king&query=")).status).toBe(404);
  });
});

describe("a message", () => {
  test("goes out as a signed webhook and its answer comes back, both with their packets", async () => {
    const { id } = await room.addPerson("citizen");
    const said = await room.call("POST", `people/${id}/messages`, { text: "ngan sach gop bao nhieu" });
    expect(said.status).toBe(201);
    expect(events().at(-1)).toMatchObject({ event_name: "user_send_text", sender: { id } });

    const entries = await room.entries(id);
    expect(entries.map(({ from }) => from)).toEqual(["person", "account"]);
    const [own, answer] = entries;
    expect(own).toMatchObject({ text: "ngan sach gop bao nhieu", tapped: false });
    expect(own!.wire).toMatchObject({ method: "POST", path: "/webhook/zalo", status: 200 });
    expect(own!.wire.headers["x-zevent-signature"]).toMatch(/^mac=[0-9a-f]{64}$/);
    expect(own!.wire.body).toEqual(events().at(-1));
    expect(answer!.text).toContain("Nguồn");
    expect(answer!.wire).toMatchObject({ method: "POST", path: "/v3.0/oa/message/cs", status: 200 });
    expect(answer!.wire.headers["access_token"]).toBe("(ẩn)");
    expect(answer!.wire.body).toMatchObject({ recipient: { user_id: id } });
  });

  test("made from an approved template shows the call it came by", async () => {
    const { id } = await room.addPerson("citizen");
    room.program.zalo.takeTemplate({ user_id: id, template_id: "123", template_data: { due: "17:00" } });
    const [entry] = await room.entries(id);
    expect(entry).toMatchObject({ from: "account", wire: { path: "/v3.0/oa/message/template" } });
  });

  test("that the program does not take is told and kept in sight", async () => {
    const { id } = await room.addPerson("citizen");
    room.program.answerWith(503);
    const answer = await room.call("POST", `people/${id}/messages`, { text: "chào" });
    expect(answer).toMatchObject({ status: 409, body: { error: { code: "not-delivered" } } });
    expect((await room.entries(id)).at(-1)).toMatchObject({ text: "chào", wire: { status: 503 } });
  });

  test("is checked before anything is sent", async () => {
    const { id } = await room.addPerson("citizen");
    const post = async (body: unknown) => (await room.call("POST", `people/${id}/messages`, body)).status;
    expect(await post({ text: "  " })).toBe(400);
    expect(await post({ text: "a".repeat(2001) })).toBe(400);
    expect(await post({ words: "chào" })).toBe(400);
    expect((await room.call("POST", "people/7000000000000000000/messages", { text: "chào" })).status).toBe(
      404,
    );
    expect(events()).toHaveLength(1);
  });

  test("with the link words takes their suggestion away", async () => {
    const { id, linkWords } = await room.addPerson("principal", "thpt-tay-ho");
    await room.call("POST", `people/${id}/messages`, { text: linkWords });
    const { body } = await room.call("GET", "state");
    expect(body.people).toMatchObject([{ id, linkWords: null }]);
  });
});

describe("a button", () => {
  async function withButtons() {
    const { id } = await room.addPerson("citizen");
    room.program.send(id, {
      text: "Chọn",
      buttons: [
        tap("Đồng ý", "consent", "MA1"),
        { title: "Hỏi", tap: "Vốn từ đâu?" },
        { title: "Trang", url: "https://hanoi.gov.vn" },
      ],
    });
    const entryId = (await room.entries(id)).at(-1)!.id;
    const press = (button: number) => room.call("POST", `people/${id}/taps`, { entryId, button });
    return { id, press };
  }
  const own = async (id: string) => (await room.entries(id)).filter(({ from }) => from === "person").at(-1);

  test("that hides its payload sends it and shows the title", async () => {
    const { id, press } = await withButtons();
    expect((await press(0)).status).toBe(201);
    expect(events().at(-1)!.message).toMatchObject({ text: "#consent MA1" });
    expect(await own(id)).toMatchObject({ text: "Đồng ý", tapped: true });
  });

  test("that shows its payload shows what it sends", async () => {
    const { id, press } = await withButtons();
    await press(1);
    expect(events().at(-1)!.message).toMatchObject({ text: "Vốn từ đâu?" });
    expect(await own(id)).toMatchObject({ text: "Vốn từ đâu?", tapped: true });
  });

  test("that opens a page, or is not there, sends nothing", async () => {
    const { press } = await withButtons();
    expect((await press(2)).status).toBe(404);
    expect((await press(9)).status).toBe(404);
    expect((await press(-1)).status).toBe(400);
    expect(events()).toHaveLength(1);
  });
});

describe("a file", () => {
  const sendFile = (id: string, name: string, bytes: Buffer) =>
    room.call("POST", `people/${id}/files?name=${encodeURIComponent(name)}`, bytes);

  test("is known by its bytes and served back by the platform's address", async () => {
    const { id } = await room.addPerson("citizen");
    expect((await sendFile(id, "ảnh.txt", PNG)).status).toBe(201);
    const event = events().at(-1)!;
    expect(event.event_name).toBe("user_send_image");
    const { url } = event.message!.attachments![0]!.payload;
    const served = await fetch(url);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(PNG);
  });

  test("reaches the page through the simulator, a picture in place, anything else as a download", async () => {
    const { id } = await room.addPerson("citizen");
    await sendFile(id, "ảnh.png", PNG);
    await sendFile(id, "trang.html", Buffer.from("<script>alert(1)</script>"));
    const files = (await room.entries(id)).filter(({ from }) => from === "person");
    const [picture, page] = await Promise.all(
      files.map((entry) => fetch(room.url(`people/${id}/messages/${entry.id}/media`))),
    );
    expect(picture!.headers.get("content-type")).toBe("image/png");
    expect(picture!.headers.get("content-disposition")).toBeNull();
    expect(page!.headers.get("content-type")).toMatch(/^application\/octet-stream/);
    expect(page!.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(files[1]).toMatchObject({ media: { kind: "file", name: "trang.html" } });
  });

  test("carries its name, size and MD5 as the platform gives them", async () => {
    const { id } = await room.addPerson("citizen");
    await sendFile(id, "bao-cao.pdf", Buffer.from("%PDF-1.4 nothing"));
    expect(events().at(-1)!.message!.attachments![0]).toMatchObject({
      type: "file",
      payload: { name: "bao-cao.pdf", size: "16", checksum: "f642c9dab0cd5745157183e8e96757f7" },
    });
  });

  test("is refused when empty, and when it comes as anything but bytes", async () => {
    const { id } = await room.addPerson("citizen");
    expect((await sendFile(id, "a.txt", Buffer.alloc(0))).status).toBe(409);
    expect((await room.call("POST", `people/${id}/files?name=a.txt`, { a: 1 })).status).toBe(409);
    expect((await room.call("POST", `people/${id}/files`, PNG)).status).toBe(400);
    expect(events()).toHaveLength(1);
  });

  test("that is gone is not found", async () => {
    const { id } = await room.addPerson("citizen");
    expect((await room.call("GET", `people/${id}/messages/none/media`)).status).toBe(404);
  });
});
