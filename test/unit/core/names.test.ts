import { expect, test } from "@jest/globals";
import { meantBy } from "../../../src/core/names";

const SCHOOL = ["truong thpt nguyen tat thanh", "thpt nguyen tat thanh"];
const TWIN = ["truong thpt nguyen trai ba dinh"];
const WARD = ["ubnd phuong ngoc ha", "phuong ngoc ha", "00031"];

test.each([
  [SCHOOL, "thpt nguyen tat thanh", 3],
  [SCHOOL, "nguyen tat thanh", 2],
  [SCHOOL, "thpt ntt", 2],
  [SCHOOL, "ntt", 2],
  [SCHOOL, "thpt nt thanh", 2],
  [WARD, "p ngoc ha", 2],
  [WARD, "p nh", 2],
  [WARD, "pnh", 2],
  [WARD, "ha ngoc", 1],
  [TWIN, "thpt nt", 1],
  [TWIN, "thpt nt ba dinh", 2],
  [TWIN, "thpt nt bd", 2],
  [TWIN, "thpt ntt", 0],
  [WARD, "nhp", 0],
  [WARD, "", 0],
])("%j is meant by “%s” as %i", (names, wanted, score) => {
  expect(meantBy(names, wanted)).toBe(score);
});
