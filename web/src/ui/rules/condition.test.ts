import { expect, test } from "vitest";
import { fitted, joined, opsOf, parted } from "./condition";

test("numbers are compared, words looked for, dates placed", () => {
  expect(opsOf("money")).toContain("between");
  expect(opsOf("category")).toContain("contains");
  expect(opsOf("date")).not.toContain("contains");
  expect(opsOf("flag")[0]).toBe("=");
});

test.each([
  ["between", 5, "days", [5, 5]],
  ["between", [3, 9], "days", [3, 9]],
  ["in", "tea", "category", ["tea"]],
  ["in", "", "category", []],
  ["is_known", 5, "days", undefined],
  [">=", [3, 9], "days", 3],
  ["=", undefined, "flag", true],
  ["=", undefined, "category", ""],
  [">=", undefined, "date", { days_before: 30 }],
  ["between", { days_before: 7 }, "date", [{ days_before: 7 }, { days_before: 7 }]],
] as const)("under %s the value %j of %s becomes %j", (op, value, unit, expected) => {
  expect(fitted(op, value as never, unit)).toEqual(expected);
});

test("a window is read from a trait's name and put behind it again", () => {
  const named = parted("spend_365d", (name) => name === "spend");
  expect(named).toEqual({ base: "spend", days: 365 });
  expect(joined(named)).toBe("spend_365d");
  expect(parted("spend", () => true)).toEqual({ base: "spend", days: null });
});
