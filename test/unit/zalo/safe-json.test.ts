import { describe, expect, it } from "@jest/globals";
import { parseSafely } from "../../../src/zalo/safe-json";

describe("JSON with long ids", () => {
  it("keeps whole numbers above 2^53 to the last digit", () => {
    const text = '{"id":7755120983364410296,"list":[ 1908837465520113774,-9007199254740993 ]}';
    expect(parseSafely(text)).toEqual({
      id: "7755120983364410296",
      list: ["1908837465520113774", "-9007199254740993"],
    });
  });

  it("leaves short numbers, fractions and exponents alone", () => {
    expect(parseSafely("[1793959261237, 1.5, -2e3, 0.1234567890123456789]")).toEqual([
      1793959261237, 1.5, -2000, 0.12345678901234568,
    ]);
  });

  it("does not touch digits inside strings", () => {
    const text = '{"a \\" 7755120983364410296":"x\\\\\\": 7755120983364410296"}';
    expect(parseSafely(text)).toEqual({ 'a " 7755120983364410296': 'x\\": 7755120983364410296' });
  });

  it.each(["", "{", '{"a":"', "nope", "12345678901234567890x", '"\\'])("gives nothing for %j", (text) => {
    expect(parseSafely(text)).toBeUndefined();
  });
});
