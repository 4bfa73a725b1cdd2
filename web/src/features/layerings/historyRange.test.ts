import { expect, test } from "vitest";
import { everyOf, rangeOf } from "./historyRange";

test.each([["30", 30], ["90", 90], ["365", 365], [undefined, 90]] as const)("a range of %s is %s days", (said, days) => {
  expect(rangeOf(said)).toEqual({ value: days, wrong: undefined });
});

test("what is no range is named and the usual taken", () => expect(rangeOf("7")).toEqual({ value: 90, wrong: "7" }));

test.each(["day", "week", "month"] as const)("every %s is a step", (step) => expect(everyOf(step)).toEqual({ value: step }));

test("what is no step is named", () => expect(everyOf("hour")).toEqual({ value: undefined, wrong: "hour" }));
