import { expect, test } from "vitest";
import { built, fitted, flatten, joined, opsOf, parted } from "./ruleParts";

const big = { trait: "spend_365d", op: ">=", value: 1000 };
const near = { trait: "recency_days", op: "<=", value: 90 };

test.each([["one condition", big], ["all of two", { all: [big, near] }], ["any of two", { any: [big, near] }]])("%s survives the way through lines", (_, rule) => {
  const flat = flatten(rule);
  expect(flat && built(flat)).toEqual(rule);
});

test.each([
  ["a negation", { not: big }],
  ["a nested rule", { all: [big, { any: [near] }] }],
  ["a date counted from the as-of", { trait: "last_order_at", op: ">=", value: { days_before: 30 } }],
  ["no rule", null],
])("%s is more than lines can say", (_, rule) => expect(flatten(rule)).toBeNull());

test("a condition without an operator means equal", () => expect(flatten({ trait: "city", value: "x" })?.conditions[0]?.op).toBe("="));

test("numbers are compared, words looked for, dates placed", () => {
  expect(opsOf("money")).toContain("between");
  expect(opsOf("category")).toContain("contains");
  expect(opsOf("date")).not.toContain("contains");
  expect(opsOf("flag")[0]).toBe("=");
});

test.each([
  ["between", 5, "days", [5, 5]],
  ["in", "tea", "category", ["tea"]],
  ["in", "", "category", []],
  ["is_known", 5, "days", undefined],
  [">=", [3, 9], "days", 3],
  ["=", undefined, "flag", true],
  ["=", undefined, "category", ""],
] as const)("under %s the value %s of %s becomes %s", (op, value, unit, expected) => {
  expect(fitted(op, value as never, unit)).toEqual(expected);
});

test("a window is read from a trait's name and put behind it again", () => {
  const named = parted("spend_365d", (name) => name === "spend");
  expect(named).toEqual({ base: "spend", days: 365 });
  expect(joined(named)).toBe("spend_365d");
  expect(parted("spend", () => true)).toEqual({ base: "spend", days: null });
});
