import { expect, test } from "vitest";
import type { LayeringSummary, LayerStrip } from "@/api/types";
import { grouped } from "./stripGroups";

const strip = (layering: string): LayerStrip => ({ layering, spans: [] });
const known = (key: string, kind: string, own = false) => ({ key, kind, own }) as LayeringSummary;
const keys = (strips: LayerStrip[]) => strips.map((one) => one.layering);

test("of each group the first strip is shown and the others are folded", () => {
  const found = grouped(["rfm", "rfm_score", "aarrr", "lifecycle", "social", "split"].map(strip), []);
  expect(found.map(({ group, shown, folded }) => [group, keys(shown), keys(folded)])).toEqual([
    ["value", ["rfm"], ["rfm_score"]],
    ["stage", ["aarrr"], ["lifecycle"]],
    ["social", ["social"], []],
    ["own", ["split"], []],
  ]);
});

test("a few strips are all shown", () => {
  const [only] = grouped(["rfm", "rfm_score", "value_levels", "matrix"].map(strip), []);
  expect(keys(only?.shown ?? [])).toHaveLength(4);
});

test("what the team made is its own, whatever its kind", () => {
  const layerings = [known("rfm", "rfm"), known("by_spend", "quantiles", true), known("mine", "lifecycle", true)];
  expect(grouped(["rfm", "by_spend", "mine"].map(strip), layerings).map((one) => one.group)).toEqual(["value", "own"]);
});
