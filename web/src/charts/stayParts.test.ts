import { expect, test } from "vitest";
import type { LayeringHistory, StayInfo } from "@/api/types";
import { curves, daysOf, shareAfter } from "./stayParts";

const stay = (layer: string, came: number, days: number[], share: number[]) => ({ layer, came, days, share }) as unknown as StayInfo;
const high = stay("high", 4, [0, 3, 9], [1, 0.5, 0.5]);
const low = stay("low", 2, [0, 5], [1, 0]);
const history = { layers: [{ key: "high" }, { key: "empty" }, { key: "low" }], stays: [high, stay("empty", 0, [], []), low] } as unknown as LayeringHistory;

test("layers that nobody came to have no curve", () => expect(curves(history).map(({ layer }) => layer.key)).toEqual(["high", "low"]));

test("a share holds until the next step and is unknown beyond the longest stay", () => {
  expect([0, 2, 3, 8, 9, 10].map((day) => shareAfter(high, day))).toEqual([1, 1, 0.5, 0.5, 0.5, null]);
});

test("the table has a line for every step of every curve", () => expect(daysOf(curves(history))).toEqual([0, 3, 5, 9]));
