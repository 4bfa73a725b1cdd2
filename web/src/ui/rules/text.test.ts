import { expect, test } from "vitest";
import { anyRule, dice } from "./rule.testing";
import { readRule, written } from "./text";

test.each(Array.from({ length: 60 }, (_, seed) => seed))("a rule written as text is read as the same rule (%i)", (seed) => {
  const rule = anyRule(dice(seed), 6);
  expect(readRule(written(rule, "json"))).toEqual({ rule, wrong: null });
  expect(readRule(written(rule, "yaml"))).toEqual({ rule, wrong: null });
});

test("YAML as people write it is a rule, its dates text", () => {
  const text = "all:\n  - did: cart\n    within_days: 30\n  - not: {trait: last_order_at, op: '>=', value: 2024-06-01}\n";
  expect(readRule(text).rule).toEqual({
    all: [{ did: "cart", within_days: 30 }, { not: { trait: "last_order_at", op: ">=", value: "2024-06-01" } }],
  });
});

test("an empty text is no rule yet, and nothing is wrong with it", () => expect(readRule("  \n")).toEqual({ rule: null, wrong: null }));

test.each([
  ["{", { syntax: expect.any(String) }],
  ["all: [", { syntax: expect.any(String) }],
  ["all: []", { place: "all" }],
  ["hello", { place: "·" }],
  ["[1, 2]", { place: "·" }],
  ["any:\n  - trait: spend\n  - nothing: 1\n", { place: "any.1" }],
])("%j is told to be no rule", (text, wrong) => expect(readRule(text)).toEqual({ rule: null, wrong }));
