import { expect, test } from "vitest";
import type { LayerOutcome, SplitTested } from "@/api/types";
import { askedOf, partsOf, placeOf, scaleOf, totalsOf, whenOf } from "./splitTest";

const layer = (mean: number | null, low: number | null = null, high: number | null = null, counts: number[] = []) =>
  ({ mean, low, high, counts }) as unknown as LayerOutcome;
const values = (...keys: (string | null)[]) => keys.map((key) => ({ key, name: { zh: "", en: "" } })) as SplitTested["values"];

test("left open, the server finds out how far the data reach back", () => {
  expect(askedOf("spend_90d", undefined, "2024-06-01", 90)).toEqual({ outcome: "spend_90d", outcome_at: "2024-06-01" });
});

test.each([[90, "2024-03-03"], [30, "2024-05-02"], [null, "2024-03-03"]])("layers of a window of %s days are of %s", (days, day) => {
  expect(askedOf("x", "later", "2024-06-01", days)).toEqual({ outcome: "x", outcome_at: "2024-06-01", as_of: day });
});

test("on the same day layers and outcome have one day", () => {
  expect(askedOf("x", "same", "2024-06-01", 30)).toMatchObject({ as_of: "2024-06-01", outcome_at: "2024-06-01" });
});

test.each([["later", "later", undefined], ["soon", undefined, "soon"], [undefined, undefined, undefined]])("%s in the address means %s", (said, value, wrong) => {
  expect(whenOf(said)).toEqual({ value, wrong });
});

test("the scale begins at zero and holds the intervals", () => {
  expect(scaleOf([layer(10, 8, 12), layer(4, 3, 5), layer(null)])).toEqual({ from: 0, to: 12 });
});

test("an interval of few people does not press the others flat", () => {
  expect(scaleOf([layer(10, -500, 900), layer(4, 3, 5)])).toEqual({ from: -6, to: 16 });
});

test("means below zero have room", () => {
  expect(scaleOf([layer(-4, -5, -3), layer(6, 5, 7)])).toEqual({ from: -5, to: 7 });
});

test.each([[0, 0], [6, 0.5], [12, 1], [40, 1], [-3, 0]])("%s lies at %s", (value, place) => {
  expect(placeOf(value, { from: 0, to: 12 })).toBe(place);
});

test("where everything is zero all lies at the start", () => expect(placeOf(0, scaleOf([layer(0, 0, 0)]))).toBe(0));

test("rare values are taken together, with what the server took together", () => {
  const named = values("a", "b", "c", null);
  expect(partsOf(layer(null, null, null, [5, 3, 2, 1]), named, 2)).toEqual([
    { value: 0, count: 5 }, { value: 1, count: 3 }, { value: null, count: 3 },
  ]);
});

test("few values all stand alone", () => {
  expect(partsOf(layer(null, null, null, [5, 3]), values("a", "b"), 9)).toEqual([{ value: 0, count: 5 }, { value: 1, count: 3 }]);
});

test("the totals are those of all layers", () => {
  const lines = [layer(null, null, null, [5, 3, 2]), layer(null, null, null, [1, 0, 4])];
  expect(totalsOf(lines, values("a", "b", "c"), 1).map((part) => part.count)).toEqual([6, 9]);
  expect(totalsOf([], values("a"), 1)).toEqual([]);
});
