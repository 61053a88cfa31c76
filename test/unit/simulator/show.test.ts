/** The file that says who can be played and how the story goes. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { stringify } from "yaml";
import { ROOT } from "../../../src/core/root";
import { readShow } from "../../../src/simulator/show";
import { SHOW } from "./stub-room";

async function read(content: unknown) {
  const file = join(await mkdtemp(join(tmpdir(), "show-")), "simulator.yaml");
  await writeFile(file, typeof content === "string" ? content : stringify(content));
  return readShow(file);
}

test("the bundled campaign has citizens, principals, both offices and others to play", async () => {
  const { roles, story } = await readShow(join(ROOT, "config/campaigns/kh-316/simulator.yaml"));
  const byId = new Map(roles.map((role) => [role.id, role]));
  expect(byId.get("citizen")?.linksAs).toBeUndefined();
  expect(byId.get("principal")).toMatchObject({ linksAs: "reporter", within: "so-gddt" });
  expect(byId.get("gddt-office")).toMatchObject({ linksAs: "staff", unit: "so-gddt" });
  expect(byId.get("khcn-office")).toMatchObject({ linksAs: "staff", unit: "so-khcn" });
  expect(new Set([story.thorough, story.quiet, story.silent].map(({ unit }) => unit)).size).toBe(3);
  // Typed as people type on a phone.
  expect(story.citizen.question).toMatch(/^[a-z0-9 ]+$/);
});

describe("a broken file", () => {
  test.each([
    ["is no YAML", "roles: [", /simulator\.yaml/],
    [
      "names a role that is none",
      { ...SHOW, story: { ...SHOW.story, quiet: { ...SHOW.story.quiet, role: "king" } } },
      /no role king/,
    ],
    ["has a word too many", { ...SHOW, extra: 1 }, /extra/],
    [
      "gives a unit to somebody who links to none",
      { ...SHOW, roles: [...SHOW.roles, { id: "x", label: "X", unit: "u" }] },
      /without linksAs/,
    ],
  ])("that %s says so", async (_how, content, words) => {
    await expect(read(content)).rejects.toMatchObject({
      kind: "broken",
      message: expect.stringMatching(words),
    });
  });

  test("tells every problem at once", async () => {
    await expect(read({ roles: [], story: {} })).rejects.toThrow(/roles[\s\S]*story/);
  });
});
