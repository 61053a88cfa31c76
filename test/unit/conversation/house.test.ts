/** Words and their flows, and a museum of houses that were put together wrongly. */
import { describe, expect, test } from "@jest/globals";
import { defineFlow, type Data, type Flow } from "../../../src/conversation/flow";
import { faultsOf, flowOfTap, flowOfWords, type House } from "../../../src/conversation/house";
import { house as bundled } from "../../../flows";

const aFlow = (changes: Partial<Flow> = {}): Flow =>
  defineFlow<string, Data>({
    id: "a",
    version: 1,
    parse: () => ({}),
    open: () => ({ end: [] }),
    steps: {},
    ...changes,
  });
const aHouse = (...flows: Flow[]): House => ({
  ...bundled,
  flows,
  welcome: "a",
  menu: "a",
  ask: "a",
  files: "a",
  phone: "a",
});

describe("words", () => {
  const house = aHouse(
    aFlow({ words: ["bao cao"] }),
    aFlow({ id: "b", prefixes: ["lien ket"], prefixTakes: (rest) => rest.length > 3 }),
  );

  test.each(["báo cáo", "BAO CAO", " Báo  cáo! "])("%s opens its flow", (text) => {
    expect(flowOfWords(house, text)).toMatchObject({ flow: { id: "a" }, action: "bao cao", rest: "" });
  });

  test("a beginning hands over the rest as it was typed", () => {
    expect(flowOfWords(house, "Liên kết: Mã Số 7")).toMatchObject({ action: "lien ket", rest: ": Mã Số 7" });
  });

  test("a beginning that the flow does not want is no command", () => {
    expect(flowOfWords(house, "liên kết gì")).toBeNull();
  });

  test("in a sentence, or where only whole messages count, they are none", () => {
    expect(flowOfWords(house, "báo cáo tuần này thế nào")).toBeNull();
    expect(flowOfWords(house, "liên kết 12345678", { whole: true })).toBeNull();
  });

  test("a tap finds its flow", () => {
    expect(flowOfTap(aHouse(aFlow({ taps: ["a.go"] })), "a.go")?.id).toBe("a");
    expect(flowOfTap(aHouse(aFlow()), "a.go")).toBeNull();
  });
});

describe("a house put together wrongly", () => {
  test.each<[string, House, string]>([
    [
      "one word for two flows",
      aHouse(aFlow({ words: ["menu"] }), aFlow({ id: "b", words: ["menu"] })),
      'word "menu" belongs to "a" and to "b"',
    ],
    [
      "a word and a beginning alike",
      aHouse(aFlow({ words: ["menu"] }), aFlow({ id: "b", prefixes: ["menu"] })),
      'word "menu" belongs to "a" and to "b"',
    ],
    [
      "one tap for two flows",
      aHouse(aFlow({ taps: ["a.go"] }), aFlow({ id: "b", taps: ["a.go"] })),
      'tap "a.go" belongs to "a" and to "b"',
    ],
    [
      "a word with marks",
      aHouse(aFlow({ words: ["báo cáo"] })),
      'flow "a": the word "báo cáo" is not folded',
    ],
    [
      "two flows of one name",
      aHouse(aFlow(), aFlow({ version: 2 })),
      'flow id a belongs to "a (1)" and to "a (2)"',
    ],
    ["a menu that is not there", { ...aHouse(aFlow()), menu: "gone" }, 'no flow "gone"'],
    ["nobody to take files", { ...aHouse(aFlow()), files: "gone" }, 'no flow "gone"'],
  ])("%s", (_name, house, fault) => {
    expect(faultsOf(house)).toEqual([fault]);
  });
});
