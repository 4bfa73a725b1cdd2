import { expect, test } from "vitest";
import { conditions, anyRule, dice, meets, paths } from "./rule.testing";
import {
  addedAfter, addedInto, at, duplicated, moved, movedIn, movedOut, naming, negated, notARule, parts, pathOf, put, unwrapped, without, wrapped,
  type Rule,
} from "./tree";

const a = { trait: "a", op: ">=", value: 1 };
const b = { trait: "b", op: ">=", value: 1 };
const c = { did: "c", times: 1 };
const d = { tag: "d" };
const nested: Rule = { all: [a, { not: { any: [b, c] } }, d] };
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

test("a part is found and put by its path, through negations", () => {
  expect(at(nested, [1, 0, 1])).toBe(c);
  expect(put(nested, [1, 0, 1], d)).toEqual({ all: [a, { not: { any: [b, d] } }, d] });
  expect(at(nested, [7])).toBeUndefined();
});

test("what is left empty goes with its last part", () => {
  expect(without({ all: [a, { not: { any: [b] } }] }, [1, 0, 0])).toEqual({ all: [a] });
  expect(without({ not: a }, [0])).toBeNull();
  expect(without(a, [])).toBeNull();
});

test("a condition that stands alone comes into a group with the next", () => {
  expect(addedAfter(a, [], b)).toEqual({ rule: { all: [a, b] }, path: [1] });
  expect(addedAfter({ not: a }, [0], b)).toEqual({ rule: { not: { all: [a, b] } }, path: [0, 1] });
  expect(addedInto(nested, [1, 0], d)).toEqual({ rule: { all: [a, { not: { any: [b, c, d] } }, d] }, path: [1, 0, 2] });
});

test("a part moves within its group, and stays at its ends", () => {
  expect(moved(nested, [2], -1)).toEqual({ rule: { all: [a, d, { not: { any: [b, c] } }] }, path: [1] });
  expect(moved(nested, [2], 1)).toBeNull();
  expect(moved(nested, [0], -1)).toBeNull();
  expect(moved(nested, [], 1)).toBeNull();
});

test("a part goes into the group above it, else into one of its own", () => {
  expect(movedIn({ all: [{ any: [a, b] }, c] }, [1])).toEqual({ rule: { all: [{ any: [a, b, c] }] }, path: [0, 2] });
  expect(movedIn({ all: [a, c] }, [1])).toEqual({ rule: { all: [a, { any: [c] }] }, path: [1, 0] });
});

test("a part comes out behind its group, which goes when it is empty", () => {
  expect(movedOut({ all: [{ any: [a, b] }, c] }, [0, 0])).toEqual({ rule: { all: [{ any: [b] }, a, c] }, path: [1] });
  expect(movedOut({ all: [{ any: [a] }, c] }, [0, 0])).toEqual({ rule: { all: [a, c] }, path: [0] });
  expect(movedOut({ all: [a, b] }, [0])).toBeNull();
});

test("a level is dissolved where its parts have somewhere to stand", () => {
  expect(unwrapped({ all: [{ any: [a, b] }, c] }, [0])?.rule).toEqual({ all: [a, b, c] });
  expect(unwrapped({ all: [a] }, [])?.rule).toEqual(a);
  expect(unwrapped({ all: [a, b] }, [])).toBeNull();
  expect(unwrapped(a, [])).toBeNull();
});

test.each(SEEDS)("wrapping and unwrapping, and negating twice, leave the rule as it was (%i)", (seed) => {
  const rule = anyRule(dice(seed));
  for (const path of paths(rule)) {
    expect(unwrapped(wrapped(rule, path).rule, path)?.rule).toEqual(rule);
    if (!("not" in (at(rule, path) as Rule))) expect(negated(negated(rule, path), path)).toEqual(rule);
  }
});

test.each(SEEDS)("a copy put beside a part says nothing new (%i)", (seed) => {
  const roll = dice(seed);
  const rule = anyRule(roll);
  const told = new Map<string, boolean>();
  const holds = (one: Rule) => {
    const key = JSON.stringify(one);
    if (!told.has(key)) told.set(key, roll(2) === 1);
    return told.get(key) as boolean;
  };
  for (const path of paths(rule)) {
    const twice = duplicated(rule, path);
    expect(at(twice.rule, twice.path)).toEqual(at(rule, path));
    expect(meets(twice.rule, holds)).toBe(meets(rule, holds));
    const back = without(twice.rule, twice.path) as Rule;
    expect(conditions(back)).toEqual(conditions(rule));
  }
});

test.each(SEEDS)("moving there and back leaves the rule as it was, and no condition is lost on any way (%i)", (seed) => {
  const rule = anyRule(dice(seed));
  for (const path of paths(rule)) {
    const down = moved(rule, path, 1);
    if (down) expect(moved(down.rule, down.path, -1)).toEqual({ rule, path });
    for (const there of [movedIn(rule, path), movedOut(rule, path)]) {
      if (!there) continue;
      expect(at(there.rule, there.path)).toEqual(at(rule, path));
      expect(conditions(there.rule).sort()).toEqual(conditions(rule).sort());
      expect(notARule(there.rule)).toBeNull();
    }
  }
});

test("the server's place leads to the part that it means", () => {
  expect(pathOf(nested, "all.1.not.any.0.times")).toEqual([1, 0, 0]);
  expect(pathOf(nested, "all.2")).toEqual([2]);
  expect(pathOf(a, "value")).toEqual([]);
  expect(pathOf(nested, "")).toEqual([]);
});

test("a name that the server does not know is found where it stands", () => {
  expect(naming(nested, "c")).toEqual([1, 0, 1]);
  expect(naming({ any: [a, { layering: "rfm", layers: ["x"] }] }, "x")).toEqual([1]);
  expect(naming(nested, "z")).toBeNull();
});

test.each([
  [null, "·"],
  [[], "·"],
  [{ all: [] }, "all"],
  [{ all: [a, {}] }, "all.1"],
  [{ not: { any: [a, { trait: 3 }] } }, "not.any.1.trait"],
  [{ all: [a], any: [b] }, "all"],
] as const)("%j is no rule, at %s", (given, place) => expect(notARule(given)).toBe(place));

test("parts of a condition are none", () => expect(parts(a)).toEqual([]));
