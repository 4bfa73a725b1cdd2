import { expect, test } from "vitest";
import type { LayeringHistory, LayerInfo } from "@/api/types";
import { bands, labels, totals } from "./historyParts";

const words = { zh: "", en: "" };
const play = { aim: words, actions: [], channels: [], cadence: words };
const layer = (key: string, rank: number | null): LayerInfo => ({ key, rank, name: words, meaning: words, play });
const history = {
  layers: [layer("top", 1), layer("empty", 2), layer("low", 3), layer("none", null)],
  days: ["2024-01-01", "2024-01-02"],
  customers: [[10, 20], [0, 0], [30, 70], [1, 1]],
} as unknown as LayeringHistory;

test("the stack has the highest layer on top and leaves out who never held anybody", () => {
  expect(bands(history).map((band) => band.layer.key)).toEqual(["none", "low", "top"]);
});

test("a day's total is everyone", () => expect(totals(history)).toEqual([41, 91]));

test("a label stands in the middle of its band, and thin bands have none", () => {
  const named = labels(bands(history)).map(({ layer: { key }, middle }) => [key, middle]);
  expect(named).toEqual([["low", 36], ["top", 81]]);
});

test("of nobody there is nothing to name", () => {
  const nobody = { ...history, customers: [[1, 0], [0, 0], [1, 0], [0, 0]] } as unknown as LayeringHistory;
  expect(labels(bands(nobody))).toEqual([]);
});
