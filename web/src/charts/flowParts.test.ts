import { expect, test } from "vitest";
import type { Flows, Move } from "@/api/types";
import { endCounts, flowParts } from "./flowParts";

const move = (source: string, target: string, customers: number, direction: string): Move => ({ source, target, customers, direction });
const flows = (moves: Move[]): Flows => ({
  excluded: 0, start: "2011-11-10", end: "2011-12-10", layers: [], moves, entered: { a: 5 }, left: {}, start_customers: 1000,
  end_customers: 1005, stayed: 900, up: 98, down: 2, across: 0, by_cut: null, notes: [],
});

test("small moves are summed, large ones and stayers are drawn", () => {
  const parts = flowParts(flows([move("a", "a", 900, "stayed"), move("b", "a", 98, "up"), move("a", "b", 2, "down")]));
  expect(parts.drawn.map((one) => one.customers)).toEqual([900, 98]);
  expect(parts.smallCustomers).toBe(2);
});

test("the ends count stayers, movers and newcomers", () => {
  const all = flows([move("a", "a", 900, "stayed"), move("b", "a", 98, "up"), move("a", "b", 2, "down")]);
  expect(endCounts(all, "end")).toEqual({ a: 1003, b: 2 });
  expect(endCounts(all, "start")).toEqual({ a: 902, b: 98 });
});
