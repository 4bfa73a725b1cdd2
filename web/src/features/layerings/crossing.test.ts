import { expect, test } from "vitest";
import type { Crossed, CrossedCell, LayeringSummary } from "@/api/types";
import { cellOf, depth, held, other, strength, together, valueOf } from "./crossing";

const cell = (first: string, second: string, customers: number, residual: number, tgi: number | null = 100): CrossedCell => ({
  first, second, customers, residual, tgi, share: customers / 100, share_of_first: customers / 50, share_of_second: null, money: customers * 10, money_share: null,
});
const layers = (...keys: string[]) => keys.map((key) => ({ key }));
const crossed = {
  first_layers: layers("a", "b", "empty"),
  second_layers: layers("x", "y"),
  cells: [cell("a", "x", 40, 5), cell("a", "y", 10, -5), cell("b", "x", 20, 1.9), cell("b", "y", 30, 2), cell("empty", "x", 0, 0, null), cell("empty", "y", 0, 3, null)],
} as unknown as Crossed;

test("layers without anybody take no line", () => {
  expect(held(crossed, "first").map((layer) => layer.key)).toEqual(["a", "b"]);
  expect(held(crossed, "second").map((layer) => layer.key)).toEqual(["x", "y"]);
});

test("what moves together is what chance seldom brings, the most telling first", () => {
  expect(together(crossed).map((one) => one.first + one.second)).toEqual(["ax", "by"]);
});

test("who is in no layer comes after those who are in two", () => {
  const cells = [cell("none", "none", 90, 50), cell("a", "none", 9, 20), cell("a", "x", 5, 3)];
  expect(together({ ...crossed, cells }).map((one) => one.first + one.second)).toEqual(["ax", "nonenone", "anone"]);
});

test("what is laid over a layering reads other traits than it", () => {
  const made = (key: string, ...traits: string[]) => ({ key, needs: traits.map((trait) => ({ trait })) }) as unknown as LayeringSummary;
  const ready = [made("rfm", "spend_365d", "order_count_365d"), made("levels", "spend_365d"), made("stage", "first_order_at"), made("social", "posts")];
  expect([other(ready, "rfm"), other(ready, "stage"), other(ready.slice(0, 2), "rfm"), other(ready.slice(0, 1), "rfm")]).toEqual(["stage", "rfm", "levels", undefined]);
});

test("a cell is found by its two layers", () => expect(cellOf(crossed, "b", "y")?.customers).toBe(30));

test("a cell's value is what is shown, the share that of its line", () => {
  const one = cell("a", "x", 40, 5, 160);
  expect((["customers", "share", "money", "tgi"] as const).map((shown) => valueOf(one, shown))).toEqual([40, 0.8, 400, 160]);
});

test.each([[100, 0], [150, 0.5], [200, 1], [900, 1], [40, 0]])("a TGI of %s is painted %s deep", (tgi, deep) => {
  expect(depth(cell("a", "x", 40, 5, tgi), "tgi", 0)).toBe(deep);
});

test("other values are painted as a part of the largest, and nobody is not painted", () => {
  expect(depth(cell("a", "x", 20, 0), "customers", 40)).toBe(0.5);
  expect(depth(cell("a", "x", 0, 0), "customers", 40)).toBe(0);
});

test.each([[0, "none"], [0.1, "weak"], [0.3, "fair"], [0.5, "strong"], [1, "strong"]] as const)("a V of %s is %s", (v, word) => {
  expect(strength(v)).toBe(word);
});
