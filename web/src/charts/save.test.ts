import { expect, test } from "vitest";
import { csvOf } from "./save";

test("a CSV begins with a mark, so that Excel reads Chinese", () => {
  expect(csvOf({ columns: ["层级", "客户"], rows: [["重要价值", 3]] })).toBe("\uFEFF层级,客户\r\n重要价值,3\r\n");
});

test("text that a spreadsheet would run is neutralised, numbers are untouched", () => {
  expect(csvOf({ columns: ["a"], rows: [["=1+1"], [-5]] })).toBe("\uFEFFa\r\n'=1+1\r\n-5\r\n");
});

test("commas and quotes are quoted", () => {
  expect(csvOf({ columns: ["a"], rows: [['say "hi", all']] })).toContain('"say ""hi"", all"');
});
