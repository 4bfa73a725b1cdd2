import { describe, expect, it } from "vitest";
import { folded, laid, unified, type Line } from "./diff";

const SIGN = { stays: " ", goes: "-", comes: "+", "left out": "…" };
const said = (lines: Line[]) => lines.map((line) => SIGN[line.kind] + line.text);

/** The oracle: what does not go is the old text, what does not come the new one. */
const without = (lines: Line[], kind: Line["kind"]) => lines.filter((line) => line.kind !== kind).map((line) => line.text).join("\n");

describe("laid", () => {
  it("keeps what stays and tells what goes before what comes", () => {
    expect(said(laid("a\nb\nc\n", "a\nx\nc\n"))).toEqual([" a", "-b", "+x", " c"]);
  });

  it("says nothing of the same text, and all of a new one", () => {
    expect(laid("a\nb", "a\nb").every((line) => line.kind === "stays")).toBe(true);
    expect(said(laid("", "a\nb\n"))).toEqual(["+a", "+b"]);
    expect(laid("", "")).toEqual([]);
  });

  it("finds lines that moved as the fewest changes", () => {
    expect(laid("a\nb\nc\nd", "b\nc\nd\na").filter((line) => line.kind !== "stays")).toHaveLength(2);
  });

  it("gives both texts back, whatever they are", () => {
    let seed = 7;
    const next = (most: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % most;
    const text = () => Array.from({ length: next(9) }, () => "abc"[next(3)]).join("\n");
    for (let round = 0; round < 300; round++) {
      const [before, after] = [text(), text()];
      const lines = laid(before, after);
      expect(without(lines, "comes")).toBe(before);
      expect(without(lines, "goes")).toBe(after);
    }
  });
});

describe("folded", () => {
  const long = (middle: string) => [..."123456", middle, ..."789"].join("\n");

  it("leaves out what is far from a change, and says how many lines", () => {
    expect(said(folded(laid(long("x"), long("y")), 2))).toEqual(["…4", " 5", " 6", "-x", "+y", " 7", " 8", " 9"]);
  });

  it("shows a single line rather than to say that one is left out", () => {
    expect(said(folded(laid(long("x"), long("y")), 5))).toEqual([" 1", " 2", " 3", " 4", " 5", " 6", "-x", "+y", " 7", " 8", " 9"]);
  });
});

describe("unified", () => {
  it("reads what the server says", () => {
    expect(said(unified("@@ -1,2 +1,2 @@\n a\n-b\n+c\n@@ -9 +9 @@\n-x"))).toEqual([" a", "-b", "+c", "…", "-x"]);
    expect(unified("")).toEqual([]);
  });
});
