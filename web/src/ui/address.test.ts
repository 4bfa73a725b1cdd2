import { expect, test } from "vitest";
import { once, parseSearch, several, writeSearch } from "./address";

test("what is written can be read again", () => {
  const search = { layer: ["a", "b"], q: "张 三", min: ["spend:100"] };
  expect(parseSearch(writeSearch(search))).toEqual({ layer: ["a", "b"], q: "张 三", min: "spend:100" });
});

test("ids stay text with their leading zeros", () => {
  expect(parseSearch("?q=00123")).toEqual({ q: "00123" });
});

test("empty parameters are left out", () => {
  expect(writeSearch({ q: "", layer: undefined })).toBe("");
});

test("a parameter can be read once or as a list", () => {
  expect(several("a")).toEqual(["a"]);
  expect(once(["a", "b"])).toBe("a");
  expect(several("")).toBeUndefined();
});
