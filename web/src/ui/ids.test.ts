import { expect, test } from "vitest";
import { asNamed, cells, idsOf, isGiven, NOBODY, textOf } from "./ids";

test.each([
  ["one id a line", "0017\n0023\n", ["0017", "0023"]],
  ["a heading is left out", "customer_id\r\n0017\r\n", ["0017"]],
  ["empty lines stay, to be told", "0017\n\n0023", ["0017", "", "0023"]],
  ["a byte order mark is no part of an id", "\uFEFF0017\n", ["0017"]],
  ["the column that is so called", "name,客户编号\n李雷,0017\n\"a, b\",0023\n", ["0017", "0023"]],
  ["the first column where none is", "0017,x\n0023,y\n", ["0017", "0023"]],
  ["columns between tabs", "id\tname\n0017\tx\n", ["0017"]],
  ["a quoted id", "customer_id\n\"0017\"\n", ["0017"]],
])("%s", (_, text, ids) => expect(idsOf(text)).toEqual(ids));

test("a quote within quotes stands twice", () => expect(cells('"a ""b""",c', ",")).toEqual(['a "b"', "c"]));

test("a million ids are read", () => {
  const text = Array.from({ length: 1_000_000 }, (_, at) => `c${at}`).join("\n");
  expect(idsOf(text)).toHaveLength(1_000_000);
});

test("a file is read to its end", async () => {
  const told: number[] = [];
  expect(await textOf(new File(["0017\n客户\n"], "a.csv"), (share) => told.push(share))).toBe("0017\n客户\n");
  expect(told.at(-1)).toBeLessThanOrEqual(1);
});

test("a file goes before a text, and blanks alone are nobody", () => {
  expect(asNamed({ text: "a b", file: null })).toEqual({ text: "a b" });
  expect(asNamed({ text: "a b", file: { name: "x.csv", ids: ["c"] } })).toEqual({ ids: ["c"] });
  expect([isGiven(NOBODY), isGiven({ text: " \n", file: null }), isGiven({ text: "a", file: null })]).toEqual([false, false, true]);
});
