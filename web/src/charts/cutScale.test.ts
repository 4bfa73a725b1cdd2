import { expect, test } from "vitest";
import type { CutHistogram } from "@/api/types";
import { scaleOf, stepOf } from "./cutScale";

test("days move by whole days however short the range", () => {
  expect(stepOf(0, 30, "days")).toBe(1);
});

test("money over a wide range moves in round steps", () => {
  expect(stepOf(0, 8000, "money")).toBe(20);
  expect(stepOf(0, 100, "money")).toBeCloseTo(0.5);
});

const histogram = { low: 0, high: 400, trait: { unit: "days" } } as CutHistogram;

test("a place on the picture and its value are each other's inverse", () => {
  const scale = scaleOf(histogram);
  expect(scale.toValue(scale.toShare(51))).toBe(51);
});

test("outside the range the handle rests at the edge", () => {
  expect(scaleOf(histogram).toShare(900)).toBe(1);
  expect(scaleOf(histogram).toValue(-1)).toBe(0);
});
