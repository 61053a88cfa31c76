import { describe, expect, it } from "@jest/globals";
import { say, tap, type Button } from "../../../src/conversation/message";
import { isKind } from "../../../src/core/errors";
import { messageSchema } from "../../../src/simulator/wire-schemas";
import { bodiesOf, bodyOf, fit } from "../../../src/zalo/bodies";
import { splitText } from "../../../src/zalo/split-text";
import { PERSON } from "../../support/fake-zalo";

const buttons = (count: number): Button[] =>
  Array.from({ length: count }, (_, i) => tap(`Nút ${i + 1}`, "act", String(i)));
const words = (count: number, word = "chữ "): string => word.repeat(count);

describe("cutting a text", () => {
  it("leaves a text that fits in one piece", () => {
    expect(splitText("Xin chào", 2000)).toEqual(["Xin chào"]);
  });

  it("cuts after a paragraph, with its blank line", () => {
    const first = words(300).trimEnd();
    expect(splitText(`${first}.\n\n${words(300)}`, 2000)).toEqual([`${first}.\n\n`, words(300)]);
  });

  it("prefers a paragraph to a line, a line to a sentence, a sentence to a word", () => {
    const tail = words(60);
    expect(splitText(`aaaa aaaa.\n\nbb.\nbb. bb ${tail}`, 22)[0]).toBe("aaaa aaaa.\n\n");
    expect(splitText(`aaaa aaaa.\nbb bb. bb ${tail}`, 22)[0]).toBe("aaaa aaaa.\n");
    expect(splitText(`aaaa aaaa a. bb bb bb ${tail}`, 22)[0]).toBe("aaaa aaaa a. ");
    expect(splitText(`aaaa aaaa aaa bb bb bb ${tail}`, 22)[0]).toBe("aaaa aaaa aaa bb bb ");
  });

  it("does not leave a stub for the sake of a paragraph", () => {
    const [first] = splitText(`Chào.\n\n${words(600)}`, 2000);
    expect(first?.length).toBeGreaterThan(1900);
  });

  it("takes a closing quotation mark for the end of a sentence", () => {
    expect(splitText(`Nói: “một hai ba.” ${words(20, "bốn ")}`, 24)[0]).toBe("Nói: “một hai ba.” ");
  });

  it("never cuts inside a letter and its marks, or inside an emoji", () => {
    const family = "👨‍👩‍👧‍👦";
    expect(splitText(`${family}${family}${family}`, 25)).toEqual([`${family}${family}`, family]);
    const marked = "e\u0323\u0302".repeat(30);
    for (const piece of splitText(marked, 20)) expect(piece.startsWith("e")).toBe(true);
  });

  it("counts an emoji as two and a decomposed letter as one", () => {
    expect(splitText("😀".repeat(1000), 2000)).toHaveLength(2);
    expect(splitText("😀".repeat(999), 2000)).toHaveLength(1);
    expect(splitText("e\u0323\u0302".repeat(1999), 2000)).toHaveLength(1);
  });
});

describe("fitting a message", () => {
  it("keeps a short message whole", () => {
    expect(fit(say("Chào anh/chị", buttons(5)))).toEqual([say("Chào anh/chị", buttons(5))]);
  });

  it("puts the buttons under the last piece", () => {
    const parts = fit(say(words(1000), buttons(2)));
    expect(parts.map((part) => part.buttons?.length ?? 0)).toEqual([0, 0, 2]);
    expect(parts.map((part) => part.text).join("")).toBe(words(1000));
  });

  it("brings more than five buttons in further messages", () => {
    const parts = fit(say("Chọn:", buttons(12)));
    expect(parts.map((part) => [part.text, part.buttons?.length])).toEqual([
      ["Chọn:", 5],
      ["", 5],
      ["", 2],
    ]);
  });

  it("puts a picture with the words, and before them when there are buttons", () => {
    expect(fit({ text: "Biểu đồ", picture: "digest:1" })).toEqual([{ text: "Biểu đồ", picture: "digest:1" }]);
    expect(fit({ text: "Biểu đồ", picture: "digest:1", buttons: buttons(1) })).toEqual([
      { text: "", picture: "digest:1" },
      { text: "Biểu đồ", buttons: buttons(1) },
    ]);
    expect(fit({ text: "", picture: "digest:1" })).toEqual([{ text: "", picture: "digest:1" }]);
    const long = fit({ text: words(600), picture: "digest:1", buttons: buttons(1) });
    expect(long.map((part) => [part.picture, part.buttons?.length])).toEqual([
      ["digest:1", undefined],
      [undefined, 1],
    ]);
  });

  it("makes nothing of nothing", () => {
    expect(fit(say(""))).toEqual([]);
  });

  it("keeps blanks, in a form the platform does not refuse", () => {
    expect(fit(say(" \n "))).toEqual([say(" \n ")]);
    expect(bodyOf(PERSON, say(" \n ")).message.text).toBe(" \n \u2060");
  });
});

describe("bodies", () => {
  it("are plain text", () => {
    expect(bodyOf(PERSON, say("Chào"))).toEqual({
      recipient: { user_id: PERSON },
      message: { text: "Chào" },
    });
  });

  it("carry taps hidden, words shown, addresses opened", () => {
    const message = say("Chọn", [
      tap("Gửi", "send", "a b"),
      { title: "Menu", tap: "menu" },
      { title: "Xem", url: "https://x.vn/a" },
    ]);
    expect(bodyOf(PERSON, message).message.attachment).toEqual({
      type: "template",
      payload: {
        buttons: [
          { title: "Gửi", type: "oa.query.hide", payload: "#send a b" },
          { title: "Menu", type: "oa.query.show", payload: "menu" },
          { title: "Xem", type: "oa.open.url", payload: { url: "https://x.vn/a" } },
        ],
      },
    });
  });

  it("carry an uploaded picture, with or without words", () => {
    const attachment = {
      type: "template",
      payload: { template_type: "media", elements: [{ media_type: "image", attachment_id: "up-1" }] },
    };
    expect(bodyOf(PERSON, say("Hình"), "up-1").message).toEqual({ text: "Hình", attachment });
    expect(bodyOf(PERSON, say(""), "up-1").message).toEqual({ attachment });
  });

  it("carry an uploaded file alone", () => {
    expect(bodyOf(PERSON, { text: "", file: "digest:1" }, "token-1").message).toEqual({
      attachment: { type: "file", payload: { token: "token-1" } },
    });
  });

  it("cannot be read as mentions", () => {
    const { text } = bodyOf(PERSON, say("Gọi [@123] và [[@all]")).message;
    expect(text).not.toContain("[@");
    expect(text?.replaceAll("\u2060", "")).toBe("Gọi [@123] và [[@all]");
  });

  it("give further buttons a line to stand under", () => {
    const bodies = bodiesOf(PERSON, say("Chọn:", buttons(7)));
    expect(bodies.map((body) => body.message.text)).toEqual(["Chọn:", "Các lựa chọn khác:"]);
    for (const body of bodies) expect(messageSchema.safeParse(body).success).toBe(true);
  });

  it("cut a long title, also one of emoji", () => {
    const message = say("Chọn", [tap("a".repeat(200), "x"), tap("😀".repeat(80), "x"), tap("", "x")]);
    const body = bodyOf(PERSON, message);
    expect(messageSchema.safeParse(body).success).toBe(true);
    expect(JSON.stringify(body)).toContain(`"${"a".repeat(99)}…"`);
    const emoji = /"title":"(😀+…)"/u.exec(JSON.stringify(body))?.[1] ?? "";
    expect(emoji.length).toBeLessThanOrEqual(100);
    expect(emoji).not.toBe("");
  });

  it.each<[string, Button]>([
    ["a payload that is too long", tap("Gửi", "x", "y".repeat(1000))],
    ["an empty payload", { title: "Gửi", tap: "" }],
    ["an address that is none", { title: "Xem", url: "javascript:alert(1)" }],
    ["an address that is too long", { title: "Xem", url: `https://x.vn/${"a".repeat(2048)}` }],
  ])("refuse %s", (_what, button) => {
    let thrown: unknown;
    try {
      bodyOf(PERSON, say("Chọn", [button]));
    } catch (error) {
      thrown = error;
    }
    expect(isKind(thrown, "broken")).toBe(true);
  });
});
