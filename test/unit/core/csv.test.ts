import { expect, test } from "@jest/globals";
import { readCsv } from "../../../src/core/csv";

test("rows with their lines, without comments and empty lines", () => {
  expect(readCsv("# ghi chú\na,b\n\n# nữa\n1,2\n,\n3,4")).toEqual([
    { line: 2, cells: ["a", "b"] },
    { line: 5, cells: ["1", "2"] },
    { line: 7, cells: ["3", "4"] },
  ]);
});

test("quotes keep commas, doubled quotes and line breaks, and later rows keep their line", () => {
  expect(readCsv('a,"b, c"\n"d ""e""","hai\ndòng"\nf,g\n')).toEqual([
    { line: 1, cells: ["a", "b, c"] },
    { line: 2, cells: ['d "e"', "hai\ndòng"] },
    { line: 4, cells: ["f", "g"] },
  ]);
});

test("what spreadsheets add: a byte-order mark, other line ends, spaces", () => {
  expect(readCsv("\ufeffa , b\r\nc,d\r\n")).toEqual([
    { line: 1, cells: ["a", "b"] },
    { line: 2, cells: ["c", "d"] },
  ]);
});

test("a quote that is never closed ends with the text", () => {
  expect(readCsv('a,"b\nc')).toEqual([{ line: 1, cells: ["a", "b\nc"] }]);
});

test("nothing", () => {
  expect(readCsv("")).toEqual([]);
});
