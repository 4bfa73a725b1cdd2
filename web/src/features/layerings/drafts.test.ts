import { expect, test } from "vitest";
import type { CutHistogram } from "@/api/types";
import { parseSearch, several, writeSearch } from "@/ui/address";
import { readDrafts, standing, writeDrafts } from "./drafts";

const FIELDS = ["recency", "monetary", "dimensions.0.cut"];

test("a draft survives the way through the address", () => {
  const drafts = { recency: 60, monetary: "q0.8", "dimensions.0.cut": 0.5 };
  const address = writeSearch({ draft: writeDrafts(drafts) });
  expect(readDrafts(several(parseSearch(address).draft), FIELDS)).toEqual({ drafts, wrong: [] });
});

test("an address without drafts has none, and none leave no trace", () => {
  expect(readDrafts(undefined, FIELDS)).toEqual({ drafts: {}, wrong: [] });
  expect(writeDrafts({})).toBeUndefined();
});

test.each(["recency", "recency:", "recency:soon", "recency:q8", "recency:NaN", "recency:1e999", "frequency:3", ":3"])(
  "%s is no draft and is named",
  (text) => expect(readDrafts([text, "monetary:5"], FIELDS)).toEqual({ drafts: { monetary: 5 }, wrong: [text] }),
);

test("the handle stands on the number, the statistic, or else the cut in force", () => {
  const cut = { cut: { value: 51 }, low: 0, suggestions: { median: 51, mean: 92 } } as unknown as CutHistogram;
  expect(standing(cut, 60)).toBe(60);
  expect(standing(cut, "mean")).toBe(92);
  expect(standing(cut, "q0.9")).toBe(51);
  expect(standing(cut, undefined)).toBe(51);
});
