/** The ledger as the page shows it, the campaign's clock, and what every open page is told. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { at, HOUR_MS } from "../../../src/core/clock";
import { currentPeriod } from "../../../src/simulator/ledger-view";
import { openStubRoom, type StubRoom } from "./stub-room";
import { START } from "./stub-program";

let room: StubRoom;
beforeEach(async () => {
  room = await openStubRoom();
});
afterEach(() => room.close());

const move = (by: string) => room.call("POST", "clock", { move: by });

describe("the ledger", () => {
  test("begins with the first line and the newest period that has opened", async () => {
    const { body } = await room.call("GET", "ledger");
    expect(body).toMatchObject({ line: "so-gddt", period: "2025-W49", digests: [] });
    expect(body.rows.map(({ status }) => status)).toEqual(Array(4).fill("waiting"));
    expect(body.rows[0]).toMatchObject({ unitName: "Trường THPT Chu Văn An", reached: false });
  });

  test("goes on to the next period when that opens, not before", async () => {
    const periods = await room.program.ports.periods("so-gddt");
    const shown = (now: number) => currentPeriod(periods, now)?.id;
    expect(shown(at("2025-11-01", "08:00"))).toBe("2025-W49");
    expect(shown(at("2025-12-08", "06:59"))).toBe("2025-W49");
    expect(shown(at("2025-12-08", "07:00"))).toBe("2025-W50");
  });

  test("shows the period asked for, and refuses a line that is none", async () => {
    const { body } = await room.call("GET", "ledger?line=so-gddt&period=2025-W50");
    expect(body).toMatchObject({ period: "2025-W50", rows: [] });
    expect((await room.call("GET", "ledger?line=nowhere")).status).toBe(404);
  });

  test("holds the digests once they are there", async () => {
    await move("deadline");
    const { body } = await room.call("GET", "ledger");
    expect(body.digests).toMatchObject([{ id: "TH-2M7Q", frozenAt: at("2025-12-03", "17:00") }]);
  });
});

test("the rehearsal tells who would get what, when and by which way, without moving anything", async () => {
  const { body } = await room.call("GET", "rehearsal");
  expect(body).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({ kind: "reminder", lane: "free", unitNames: ["Trường THPT Chu Văn An"] }),
    ]),
  });
  expect((await room.call("GET", "state")).body.clock.now).toBe(START);
});

describe("the clock", () => {
  test("goes on by an hour, to the next reminder, to the next deadline", async () => {
    expect((await move("hour")).body).toEqual({ now: START + HOUR_MS });
    expect((await move("reminder")).body).toEqual({ now: at("2025-12-02", "16:00") });
    expect((await move("deadline")).body).toEqual({ now: at("2025-12-03", "17:00") });
    expect((await room.call("GET", "state")).body.clock).toEqual({
      now: at("2025-12-03", "17:00"),
      moving: false,
    });
  });

  test("stays where nothing lies ahead", async () => {
    await move("deadline");
    expect(await move("deadline")).toMatchObject({ status: 409, body: { error: { code: "nothing-ahead" } } });
    expect(await move("hour")).toMatchObject({ status: 200 });
  });

  test("knows no other moves", async () => {
    expect((await move("backwards")).status).toBe(400);
    expect((await room.call("POST", "clock")).status).toBe(400);
  });

  test("makes one move at a time", async () => {
    await room.close();
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const moveClock = () => {
      begin();
      return arrived;
    };
    room = await openStubRoom({ change: (ports) => ({ ...ports, moveClock }) });
    const first = move("hour");
    await begun;
    expect(await move("hour")).toMatchObject({ status: 409, body: { error: { code: "clock-busy" } } });
    expect(await room.call("POST", "story", { do: "start" })).toMatchObject({ status: 409 });
    arrive();
    expect((await first).status).toBe(200);
    expect((await move("hour")).status).toBe(200);
  });
});

test("every open page is told what happens, as it happens", async () => {
  const told = await room.listen('"moving":false');
  const { id } = await room.addPerson("citizen");
  await room.call("POST", `people/${id}/messages`, { text: "chào" });
  await move("hour");
  const events = await told();

  const said = events.flatMap((event) =>
    event.type === "message" && event.entry.from === "person" ? [event.entry] : [],
  );
  // The packet first without, then with the program's answer to it.
  expect(said.map(({ wire }) => wire.status)).toEqual([null, 200]);
  expect(new Set(said.map((entry) => entry.id)).size).toBe(1);
  expect(events.flatMap((event) => (event.type === "clock" ? [event.moving] : []))).toEqual([true, false]);
  expect(events).toContainEqual({ type: "people", people: [expect.objectContaining({ id })] });
});
