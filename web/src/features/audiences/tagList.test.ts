import { expect, test } from "vitest";
import type { TagInfo } from "@/api/types";
import { byHand, looked, type Look } from "./tagList";

const tag = (key: string, zh: string, group: string | null, customers: number | null) =>
  ({ rule: null, masked: customers === null, key, name: { zh, en: key }, group, customers, description: "", made_by: "me", made_at: "2026-01-01" }) as TagInfo;
const tags = [tag("gold", "金卡", "level", 3), tag("silver", "银卡", "level", 12), tag("vip", "重要客户", null, 7)];
const keys = (look: Partial<Look>) => looked(tags, { text: "", group: undefined, by: "customers", up: false, ...look }, "zh").map((one) => one.key);

test("the most customers first, or the fewest", () => {
  expect(keys({})).toEqual(["silver", "vip", "gold"]);
  expect(keys({ up: true })).toEqual(["gold", "vip", "silver"]);
});
test("names are found in either language, by any part", () => {
  expect(keys({ text: "卡" })).toEqual(["silver", "gold"]);
  expect(keys({ text: " VIP " })).toEqual(["vip"]);
});
test("a group shows its own, and none those without", () => {
  expect(keys({ group: "level" })).toEqual(["silver", "gold"]);
  expect(keys({ group: "" })).toEqual(["vip"]);
});
test("masked ones, of which nobody is told how many have them, come after all others", () => {
  const all = [tag("born", "出生", null, null), ...tags];
  const order = looked(all, { text: "", group: undefined, by: "customers", up: false }, "zh").map((one) => one.key);
  expect(order).toEqual(["silver", "vip", "gold", "born"]);
});
test("a masked tag follows a rule that is not told", () => {
  expect(tags.map(byHand)).toEqual([true, true, true]);
  expect(byHand(tag("born", "出生", null, null))).toBe(false);
});
