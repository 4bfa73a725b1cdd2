import { expect, test } from "vitest";
import { isCatchAll, moved, withOneMore } from "./items";

const words = { zh: "新", en: "new" };
const big = { key: "big", name: words, rule: { trait: "spend" } };
const rest = { key: "rest", name: words, rule: null };

test("who has no rule catches all", () => {
  expect([big, rest, { entry: null }, { trait: "spend" }].map(isCatchAll)).toEqual([false, true, true, false]);
});

test("a new layer comes before who catches all, with a key of its own", () => {
  const items = withOneMore([big, rest], words);
  expect(items.map((item) => item.key)).toEqual(["big", "layer_2", "rest"]);
  expect(items[1]?.rule).toEqual(big.rule);
  expect(withOneMore(items, words).map((item) => item.key)).toEqual(["big", "layer_2", "layer_3", "rest"]);
});

test("a dimension has neither key nor name and comes last", () => {
  expect(withOneMore([{ trait: "spend", cut: "median" }], words)).toEqual([{ trait: "spend", cut: "median" }, { trait: "spend", cut: "median" }]);
});

test("a layer moves up and down and nothing is lost", () => {
  expect(moved(["a", "b", "c"], 1, -1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], 1, 1)).toEqual(["a", "c", "b"]);
});
