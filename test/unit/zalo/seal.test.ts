import { describe, expect, it } from "@jest/globals";
import { createSeal } from "../../../src/zalo/seal";

const seal = createSeal("app secret", "1908837465520113774");

describe("the seal over the tokens", () => {
  it("opens what it closed, and shows nothing of it", () => {
    const sealed = seal.close("a refresh token");
    expect(sealed).not.toContain("refresh");
    expect(seal.open(sealed)).toBe("a refresh token");
    expect(seal.close("a refresh token")).not.toBe(sealed);
  });

  it("opens under no other secret and for no other account", () => {
    const sealed = seal.close("x");
    expect(createSeal("another", "1908837465520113774").open(sealed)).toBeNull();
    expect(createSeal("app secret", "7").open(sealed)).toBeNull();
  });

  it("opens nothing that was touched", () => {
    const sealed = seal.close("x");
    const bytes = Buffer.from(sealed.slice(3), "base64");
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    expect(seal.open(`v1.${bytes.toString("base64")}`)).toBeNull();
  });

  it.each(["", "v1", "v1.", "v1.AAAA", "v2.AAAA", "plain text"])("opens nothing of %j", (text) => {
    expect(seal.open(text)).toBeNull();
  });
});
