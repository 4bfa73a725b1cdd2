import { expect, test } from "vitest";
import type { GroupPortrait, PortraitBin, TraitPortrait } from "@/api/types";
import { filtered, shareEnd, side, tgiEnd, tgiPlace } from "./portraitParts";

const bin = (given: Partial<PortraitBin>) => ({ share: 0.1, share_inside: 0.2, tgi: 200, tgi_low: 150, tgi_high: 250, ...given }) as PortraitBin;
const trait = (key: string, given: Partial<TraitPortrait>) =>
  ({ trait: { trait: key, name: { zh: "消费", en: "Spend" } }, bins: [bin({})], apart: true, drawn_by: false, ...given }) as TraitPortrait;

test("the scale of TGI reaches the largest, at least twice and at most four times everybody", () => {
  expect(tgiEnd([trait("a", { bins: [bin({ tgi: 120 }), bin({ tgi: null })] })])).toBe(200);
  expect(tgiEnd([trait("a", { bins: [bin({ tgi: 230 })] })])).toBe(300);
  expect(tgiEnd([trait("a", { bins: [bin({ tgi: 2300 })] })])).toBe(400);
  expect(tgiEnd([])).toBe(200);
});

test("a mark beyond the scale stands at its edge", () => {
  expect(tgiPlace(100, 400)).toBe(0.25);
  expect(tgiPlace(900, 400)).toBe(1);
});

test("the scale of shares reaches the longest bar", () => {
  expect(shareEnd(trait("a", { bins: [bin({}), bin({ share: 0.5, share_inside: null })] }))).toBe(0.5);
});

test("only an interval that leaves 100 out says more or less", () => {
  expect(side(bin({}))).toBe("more");
  expect(side(bin({ tgi_low: 20, tgi_high: 99 }))).toBe("less");
  expect(side(bin({ tgi_low: 80, tgi_high: 250 }))).toBe("even");
  expect(side(bin({ tgi_low: null }))).toBe("even");
});

test("traits are found by either name, and what is alike or was drawn by is shown on demand", () => {
  const traits = [trait("a", {}), trait("b", { apart: false }), trait("c", { drawn_by: true })];
  const keys = (filter: Parameters<typeof filtered>[1]) => filtered({ traits } as GroupPortrait, filter).map((one) => one.trait.trait);
  expect(keys({ text: "", alike: false, drawn: true })).toEqual(["a", "c"]);
  expect(keys({ text: "spend", alike: true, drawn: true })).toEqual(["a", "b", "c"]);
  expect(keys({ text: " 消费 ", alike: true, drawn: false })).toEqual(["a", "b"]);
  expect(keys({ text: "city", alike: true, drawn: true })).toEqual([]);
});
