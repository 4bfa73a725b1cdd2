import { expect, test } from "vitest";
import { everyOf, rangeOf, startOf } from "./historyRange";

test.each([["30", 30], ["90", 90], ["365", 365], [undefined, 90]] as const)("a range of %s is %s days", (said, days) => {
  expect(rangeOf(said)).toEqual({ value: days, wrong: undefined });
});

test("what is no range is named and the usual taken", () => expect(rangeOf("7")).toEqual({ value: 90, wrong: "7" }));

test.each(["day", "week", "month"] as const)("every %s is a step", (step) => expect(everyOf(step)).toEqual({ value: step }));

test("what is no step is named", () => expect(everyOf("hour")).toEqual({ value: undefined, wrong: "hour" }));

test.each([
  ["2025-12-31", 90, undefined, "2025-10-02"],
  ["2025-12-31", 90, "day", "2025-10-02"],
  ["2025-12-31", 90, "week", "2025-10-01"],
  ["2025-12-15", 90, "month", "2025-09-15"],
  ["2025-12-31", 365, "month", "2024-12-28"],
  ["2025-03-30", 30, "month", "2025-02-28"],
] as const)("up to %s, about %s days, every %s, it begins on %s", (end, range, every, start) => {
  expect(startOf(end, range, every)).toBe(start);
});
