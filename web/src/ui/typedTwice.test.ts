import { expect, test } from "vitest";
import { isReady, lackOf } from "./typedTwice";

test("nothing is wrong before anything is typed", () => {
  expect(lackOf("", "")).toBe(null);
  expect(isReady("", "")).toBe(false);
});
test("nine characters are short, ten are not", () => {
  expect(lackOf("terraces9", "")).toBe("short");
  expect(lackOf("terraces10", "")).toBe(null);
});
test("the second has to be the first, said once it is typed", () => {
  expect(lackOf("rice terraces", "rice")).toBe("different");
  expect(isReady("rice terraces", "rice")).toBe(false);
  expect(isReady("rice terraces", "rice terraces")).toBe(true);
});
