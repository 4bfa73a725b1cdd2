import { expect, test } from "vitest";
import type { LayerInfo } from "@/api/types";
import { areOrdered, contrast, paints } from "./palette";

const words = { zh: "", en: "" };
const play = { aim: words, actions: [], channels: [], cadence: words };
const layer = (key: string, rank: number | null): LayerInfo => ({ key, rank, name: words, meaning: words, play });
const eight = [1, 2, 3, 4, 5, 6, 7, 8].map((rank) => layer(`l${rank}`, rank));

test("the first layer is the deepest in light and the brightest in dark", () => {
  expect(paints(eight, "light").l1?.fill).toBe("#0f4a35");
  expect(paints(eight, "dark").l1?.fill).toBe("#82d8b1");
});

test.each(["light", "dark"] as const)("writing on every terrace reads well in %s", (look) => {
  for (const { fill, ink } of Object.values(paints(eight, look))) expect(contrast(fill, ink)).toBeGreaterThan(4.5);
});

test("a layer outside the ranking is grey", () => {
  expect(paints([...eight, layer("none", null)], "light").none?.fill).toBe("#d4d7d5");
});

test("one layer alone takes the first colour", () => {
  expect(paints([layer("only", 1)], "light").only?.fill).toBe("#0f4a35");
});

const beside = ["tea", "cake", "cups", "unknown", "other"].map((key) => layer(key, null));

test("layers without ranks have hues of their own, and who is unknown is grey", () => {
  const { tea, cake, cups, unknown, other } = paints(beside, "light");
  expect(new Set([tea?.fill, cake?.fill, cups?.fill]).size).toBe(3);
  expect([unknown?.fill, other?.fill]).toEqual(["#d4d7d5", "#d4d7d5"]);
});

test.each(["light", "dark"] as const)("writing reads well on layers without ranks in %s", (look) => {
  const many = Array.from({ length: 24 }, (_, at) => layer(`l${at}`, null));
  for (const { fill, ink } of Object.values(paints(many, look))) expect(contrast(fill, ink)).toBeGreaterThan(4.5);
});

test("only layers with a rank stand above each other", () => {
  expect([areOrdered(eight), areOrdered(beside)]).toEqual([true, false]);
});
