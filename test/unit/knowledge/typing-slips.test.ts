import { describe, expect, test } from "@jest/globals";
import { decodeSlip } from "../../../src/knowledge/typing-slips";

describe("decodeSlip", () => {
  test.each([
    ["nghij", "nghị"],
    ["quyeets", "quyết"],
    ["truwowngr", "trưởng"],
    ["ddoongf", "đồng"],
    ["hopwj", "hợp"],
    ["khoong", "không"],
    ["uyr", "ủy"],
  ])("Telex %s is %s", (typed, meant) => {
    expect(decodeSlip(typed)).toBe(meant);
  });

  test.each([
    ["nghi5", "nghị"],
    ["quye61t", "quyết"],
    ["quyet61", "quyết"],
    ["d9o6ng2", "đồng"],
  ])("VNI %s is %s", (typed, meant) => {
    expect(decodeSlip(typed)).toBe(meant);
  });

  test.each([["theo"], ["hub"], ["fintech"], ["nq30"], ["kh316"], ["quỹ"], ["x"], ["software"]])(
    "%s is no slip",
    (word) => {
      expect(decodeSlip(word)).toBeNull();
    },
  );
});
