import { describe, expect, test } from "@jest/globals";
import { joined, say, tap } from "../../../src/conversation/message";

const button = tap("Có", "a.yes", "1");

describe("messages of one turn", () => {
  test("are joined into one", () => {
    expect(joined([say("a"), say("b")])).toEqual([{ text: "a\n\nb" }]);
  });

  test("keep the buttons of the one that has some", () => {
    expect(joined([say("a"), say("b", [button])])).toEqual([{ text: "a\n\nb", buttons: [button] }]);
    expect(joined([say("a", [button]), say("b")])).toEqual([{ text: "a\n\nb", buttons: [button] }]);
  });

  test("with two lots of buttons stay two", () => {
    expect(joined([say("a", [button]), say("b", [button])])).toHaveLength(2);
  });

  test("with a picture stand alone", () => {
    expect(joined([say("a"), { text: "b", picture: "digest:1" }, say("c")])).toHaveLength(3);
  });

  test("without anything in them are left out", () => {
    expect(joined([say(""), { text: "", picture: "p" }])).toEqual([{ text: "", picture: "p" }]);
  });
});

test("a tap comes back as words that begin with the sign", () => {
  expect(button).toEqual({ title: "Có", tap: "#a.yes 1" });
});
