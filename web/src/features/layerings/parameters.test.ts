import { expect, test } from "vitest";
import { at, put, quantileOf, ruleOf, same } from "./parameters";

const matrix = { dimensions: [{ trait: "spend", cut: "median" }, { trait: "order_count", cut: 2 }] };

test("a nested cut is read and changed without touching the rest", () => {
  const changed = put(matrix, "dimensions.1.cut", 3);
  expect(at(changed, "dimensions.1.cut")).toBe(3);
  expect(at(changed, "dimensions.0.cut")).toBe("median");
  expect(at(matrix, "dimensions.1.cut")).toBe(2);
});

test.each([
  ["median", "median"], ["mean", "mean"], ["q0.8", "quantile"], [51, "number"],
])("%s is a rule of the kind %s", (cut, rule) => expect(ruleOf(cut)).toBe(rule));

test("a quantile's share is what follows the q", () => expect(quantileOf("q0.8")).toBe(0.8));

test("equal parameters are the same", () => expect(same(matrix, structuredClone(matrix))).toBe(true));
