/** The router: what is heard by whom, and what happens to conversations below. */
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { defineFlow, QUESTION, type Flow } from "../../../src/conversation/flow";
import type { House } from "../../../src/conversation/house";
import { say, tap } from "../../../src/conversation/message";
import { MAX_FRAMES } from "../../../src/conversation/session";
import { takeTurn } from "../../../src/conversation/turn";
import { MINUTE_MS } from "../../../src/core/clock";
import { house as bundled } from "../../../flows";
import { aContext, aPerson, TUESDAY } from "../../support/builders";
import { talkTo } from "../../support/talk-to";

const form = (id: string, extra: Partial<Flow> = {}) =>
  defineFlow<"name" | "age", { name: string }>({
    id,
    version: 1,
    words: [id],
    taps: [`${id}.start`],
    parse: (data) => z.object({ name: z.string() }).safeParse(data).data ?? null,
    open: () => ({ go: "name", data: { name: "" } }),
    steps: {
      name: {
        claims: (folded) => folded === "mine",
        ask: () => say(`${id}: name?`, [tap("Skip", `${id}.skip`)]),
        hear(heard) {
          if (heard.kind === "tap")
            return heard.action === `${id}.skip` ? { go: "age", data: { name: "-" } } : null;
          if (heard.kind === "files" || heard.text.endsWith("?")) return null;
          return heard.text === "bad"
            ? { again: [say("not this")] }
            : { go: "age", data: { name: heard.text }, say: [say("noted")] };
        },
      },
      age: {
        prose: () => true,
        ask: ({ name }) => say(`${id}: age of ${name}?`),
        hear: (heard, { name }) =>
          heard.kind === "text" && heard.text === "loop"
            ? { open: "looping", start: { action: "", args: [] } }
            : { end: [say(`${id}: bye ${name}`)] },
      },
    },
    ...(extra as object),
  });

const answers = defineFlow<never, Record<string, never>>({
  id: "answers",
  version: 1,
  parse: () => ({}),
  open: ({ action, args, files }) => ({
    end: [say(action === QUESTION ? `answer to ${args[0] ?? ""}` : `${files?.length ?? 0} files`)],
    ...(action === QUESTION ? { asked: args[0] ?? "" } : {}),
  }),
  steps: {},
});
const looping = defineFlow<never, Record<string, never>>({
  id: "looping",
  version: 1,
  parse: () => ({}),
  open: () => ({ open: "looping", start: { action: "", args: [] } }),
  steps: {},
});
const menu = defineFlow<never, Record<string, never>>({
  id: "menu",
  version: 1,
  words: ["menu"],
  parse: () => ({}),
  open: () => ({ end: [say("menu")] }),
  steps: {},
});
const house: House = {
  ...bundled,
  flows: [
    menu,
    answers,
    looping,
    form("one"),
    form("two"),
    form("three"),
    form("four"),
    form("mine"),
    form("fleeting", { passing: true }),
  ],
  welcome: "menu",
  menu: "menu",
  ask: "answers",
  files: "answers",
  phone: "answers",
  wording: {
    ...bundled.wording,
    goOn: "go on:",
    oldButton: "old",
    left: "left",
    nothingToLeave: "nothing",
    changed: "changed",
    officerTookOver: (_name, until) => `officer until ${until}`,
    filesInForm: "no files here",
    unreadable: "unreadable",
  },
};
const talk = () => talkTo({ house });

describe("a turn", () => {
  test("asks, hears, asks on, ends", () => {
    const person = talk();
    expect(person.says("one").text).toBe("one: name?");
    expect(person.says("An").text).toBe("noted\n\none: age of An?");
    expect(person.says("7").text).toBe("one: bye An");
    expect(person.session).toEqual({ frames: [], asked: [] });
  });

  test("explains and asks again", () => {
    expect(talk().says("one").says("bad").text).toBe("not this\n\none: name?");
  });

  test("lets a step claim words, and prose keep beginnings", () => {
    expect(talk().says("one").says("mine").text).toBe("noted\n\none: age of mine?");
    expect(talk().says("one").says("two").text).toBe("two: name?");
  });

  test("answers a side question and remembers it", () => {
    const person = talk().says("one").says("why?");
    expect(person.text).toBe("answer to why?\n\ngo on:\n\none: name?");
    expect(person.session.asked).toEqual(["why?"]);
    person.says("when?").says("who?");
    expect(person.session.asked).toEqual(["when?", "who?"]);
  });

  test("opens one conversation over another and leads back", () => {
    const person = talk().says("one").says("two").says("Bình").says("8");
    expect(person.text).toBe("two: bye Bình\n\ngo on:\n\none: name?");
  });

  test("goes back to a conversation that waits below instead of opening it twice", () => {
    const person = talk().says("one").says("two").says("one");
    expect(person.session.frames.map(({ flow }) => flow)).toEqual(["one"]);
  });

  test("nests no deeper than people can follow", () => {
    const person = talk().says("one").says("two").says("three").says("four");
    expect(person.session.frames).toHaveLength(MAX_FRAMES);
    expect(person.session.frames.at(-1)?.flow).toBe("four");
  });

  test("does not lead back to what was of passing interest", () => {
    const person = talk().says("fleeting").says("one").says("An").says("7");
    expect(person.text).toBe("one: bye An");
  });

  test("leaves one conversation at a time", () => {
    const person = talk().says("one").says("two").says("hủy");
    expect(person.text).toBe("left\n\ngo on:\n\none: name?");
    expect(person.says("thoát").text).toBe("left");
    expect(person.says("hủy").text).toBe("nothing");
  });

  test("clears everything for the menu", () => {
    expect(talk().says("one").says("two").says("menu").session.frames).toEqual([]);
  });

  test("hands a tap to the step, then to its flow; an old one is said to be old", () => {
    expect(talk().says("one").taps("Skip").text).toBe("one: age of -?");
    expect(talk().says("#two.start").text).toBe("two: name?");
    expect(talk().says("one").says("#gone.button 1").text).toBe("old\n\none: name?");
    expect(talk().says("#hanoi đẹp").text).toBe("answer to #hanoi đẹp");
  });

  test("takes files where somebody wants them", () => {
    expect(talk().sends({}, {}).text).toBe("2 files");
    expect(talk().says("one").sends({}).text).toBe("1 files\n\ngo on:\n\none: name?");
  });

  test("does not read stickers and empty messages", () => {
    expect(talk().says("one").meets({ kind: "unreadable", what: "location" }).text).toBe(
      "unreadable\n\none: name?",
    );
    expect(talk().says("\u200b ").text).toBe("unreadable");
  });

  test("keeps quiet while an officer talks, and says so to the books", () => {
    const person = talk().meets({ kind: "officer-spoke" });
    const quiet = { type: "keep-silent", until: TUESDAY + 30 * MINUTE_MS };
    expect(person.effects).toEqual([
      quiet,
      expect.objectContaining({
        type: "tell",
        news: { kind: "alarm", text: `officer until ${quiet.until}` },
      }),
    ]);
    // Staff hear of the beginning of a talk, not of each of its sentences.
    expect(person.meets({ kind: "officer-spoke" }).effects).toEqual([quiet]);
    expect(person.says("one").effects).toEqual([]);
    person.now += 31 * MINUTE_MS;
    expect(person.says("one").text).toBe("one: name?");
  });

  test("drops a stored step that no longer fits, and says it", () => {
    const frames = [{ flow: "one", version: 9, step: "name", data: { name: "" } }];
    const person = talkTo({ house, session: { frames, asked: [] } }).says("hello");
    expect(person.text).toContain("changed");
    for (const frame of [
      { flow: "gone", version: 1, step: "name", data: {} },
      { flow: "one", version: 1, step: "gone", data: { name: "" } },
      { flow: "one", version: 1, step: "name", data: { name: 7 } },
    ]) {
      expect(talkTo({ house, session: { frames: [frame], asked: [] } }).says("hello").text).toContain(
        "changed",
      );
    }
  });

  test("that goes in circles is a fault", () => {
    expect(() => talk().says("one").says("An").says("loop")).toThrow("a turn made too many moves");
  });

  test("gives the same codes for the same event", () => {
    const input = {
      session: { frames: [], asked: [] },
      event: { kind: "text", text: "xóa dữ liệu" } as const,
      eventKey: "k",
      context: aContext({ person: aPerson() }),
      now: TUESDAY,
    };
    expect(takeTurn(bundled, input)).toEqual(takeTurn(bundled, input));
  });
});
