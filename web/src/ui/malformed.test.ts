import { expect, test } from "vitest";
import { parseSearch } from "./address";
import { malformed } from "./malformed";
import { isDay } from "./period";

const names = (query: string) => malformed(parseSearch(query)).map((one) => `${one.name}=${one.given}`);

test.each(["2011-02-28", "2012-02-29"])("%s is a day", (day) => expect(isDay(day)).toBe(true));
test.each(["abc", "2011-02-31", "2011-13-01", "11-1-1", "2011-12-10T00:00", ""])("%s is no day", (day) => expect(isDay(day)).toBe(false));

test("each part that can't be read is named with what stood there", () => {
  expect(names("?as_of=abc&compare=2011-02-31&order=up&refit=yes&min=spend&max=spend:many&max=spend:5")).toEqual([
    "as_of=abc", "compare=2011-02-31", "order=up", "refit=yes", "min=spend", "max=spend:many",
  ]);
});

test("what can be read, is empty or belongs to a page is left alone", () => {
  expect(names("?as_of=2011-12-10&order=asc&refit=true&min=spend_365d:-1.5&q=as_of&layer=x&max=")).toEqual([]);
});

test("what stands in is said with it", () => {
  expect(malformed({ as_of: "abc" })).toEqual([{ name: "as_of", given: "abc", instead: "newest" }]);
});
