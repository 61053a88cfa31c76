/** What the simulator remembers over a restart. */
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { seededIds } from "../../../src/core/ids";
import { createPeople } from "../../../src/simulator/people";
import type { ChatEntry } from "../../../src/simulator/room-state";
import { openStubRoom } from "./stub-room";

const newFile = async () => join(await mkdtemp(join(tmpdir(), "simulator-")), "simulator.json");

describe("a restart", () => {
  test("keeps the people and their chats, and lets them go on", async () => {
    const stateFile = await newFile();
    const first = await openStubRoom({ stateFile });
    const { id } = await first.addPerson("citizen");
    await first.call("POST", `people/${id}/messages`, { text: "chào" });
    const before = await first.entries(id);
    await first.close();

    const second = await openStubRoom({ stateFile });
    expect((await second.call("GET", "state")).body.people).toMatchObject([{ id }]);
    expect(await second.entries(id)).toEqual(before);
    await second.call("POST", `people/${id}/messages`, { text: "lần nữa" });
    expect((await second.entries(id)).length).toBeGreaterThan(before.length);
    await second.close();
  });

  test.each([
    ["is cut off", '{"people": ['],
    ["holds something else", '{"people": [{"id": 7}], "entries": []}'],
  ])("with a file that %s begins anew and keeps the old one aside", async (_how, content) => {
    const stateFile = await newFile();
    await writeFile(stateFile, content);
    const room = await openStubRoom({ stateFile });
    expect((await room.call("GET", "state")).body.people).toEqual([]);
    expect(await readFile(`${stateFile}.unreadable`, "utf8")).toBe(content);
    await room.close();
  });
});

test("a chat keeps its newest messages alone", () => {
  const people = createPeople({ people: [], entries: [] }, seededIds());
  const entry = (id: string): ChatEntry => ({
    id,
    personId: "7000000000000000000",
    at: 0,
    from: "account",
    text: id,
    tapped: false,
    media: null,
    buttons: [],
    wire: { method: "POST", path: "/", headers: {}, body: null, status: 200 },
  });
  for (let i = 0; i < 500; i++) people.put(entry(`e${i}`));
  const kept = people.entries("7000000000000000000");
  expect(kept).toHaveLength(120);
  expect(kept.at(-1)?.id).toBe("e499");
  people.put({ ...entry("e499"), text: "changed" });
  expect(people.entries("7000000000000000000")).toHaveLength(120);
  expect(kept.at(-1)?.text).toBe("changed");
  expect(kept.at(-2)?.id).toBe("e498");
});
