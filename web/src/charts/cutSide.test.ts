import { expect, test } from "vitest";
import type { CutHistogram } from "@/api/types";
import { cutRule } from "./cutSide";

const cut = (better: "high" | "low") => ({ trait: { better } }) as CutHistogram;

test.each([
  ["high", 90, "≥", true],
  ["high", "median", ">", false],
  ["high", "q0.8", ">", false],
  ["low", 90, "≤", true],
  ["low", "mean", "<", false],
] as const)("where %s is better, the good side of %s is %s", (better, rule, side, inclusive) => {
  expect(cutRule(cut(better), rule, false)).toEqual({ rule, side, inclusive });
});

test("a fixed number and a statistic that come to the same value are told apart", () => {
  expect(cutRule(cut("high"), 51, false).side).not.toBe(cutRule(cut("high"), "median", false).side);
});

test("a time of silence includes itself, also where it is a quantile", () => {
  expect(cutRule(cut("low"), "q0.9", true).side).toBe("≤");
});
