import { expect, test } from "vitest";
import { bounds, withBound } from "./bounds";

test("bounds are read from the address, broken ones are passed over", () => {
  expect(bounds(["spend:100", "recency_days:-3", "nonsense"])).toEqual([
    { trait: "spend", value: 100 },
    { trait: "recency_days", value: -3 },
  ]);
});

test("a trait has one bound a side", () => {
  expect(withBound(["spend:100"], "spend", 200)).toEqual(["spend:200"]);
});

test("taking the last bound away leaves nothing in the address", () => {
  expect(withBound(["spend:100"], "spend", null)).toBeUndefined();
});
