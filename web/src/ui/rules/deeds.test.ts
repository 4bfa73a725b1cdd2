import { expect, test } from "vitest";
import { deedOf, done, turnOf, type Deed } from "./deeds";
import { begun, leafOf, LEAVES, type Known } from "./leaves";
import { anyRule, dice, paths } from "./rule.testing";
import { at, notARule, type Rule } from "./tree";

const a = { trait: "a", op: ">=", value: 1 };
const b = { did: "b", times: 2 };

test("what is added is like what stands beside it, so that nothing changes yet", () => {
  expect(done({ all: [a, b] }, "add", [])).toEqual({ rule: { all: [a, b, b] }, path: [2] });
  expect(done({ all: [a, b] }, "add", [0])).toEqual({ rule: { all: [a, a, b] }, path: [1] });
});

test("a group within a group joins the other way", () => {
  expect(done({ any: [a] }, "addGroup", [])).toEqual({ rule: { any: [a, { all: [a] }] }, path: [1, 0] });
  expect(done(a, "addGroup", [])).toEqual({ rule: { all: [a, { any: [a] }] }, path: [1, 0] });
});

test("after a removal the focus goes to the part before, else to what it stood in", () => {
  expect(done({ all: [a, b] }, "remove", [1])).toEqual({ rule: { all: [a] }, path: [0] });
  expect(done({ all: [a, { any: [b] }] }, "remove", [1, 0])?.path).toEqual([]);
  expect(done(a, "remove", [])).toEqual({ rule: null, path: [0] });
});

const DEEDS: Deed[] = ["add", "addGroup", "up", "down", "in", "out", "wrap", "unwrap", "duplicate", "negate", "remove"];

test.each(Array.from({ length: 60 }, (_, seed) => seed))("every deed leaves a rule, and the focus on a part of it (%i)", (seed) => {
  const rule = anyRule(dice(seed));
  for (const path of paths(rule))
    for (const deed of DEEDS) {
      const next = done(rule, deed, path);
      if (!next?.rule) continue;
      expect(notARule(next.rule)).toBeNull();
      expect(at(next.rule, next.path)).toBeDefined();
    }
});

const none = { key: "", code: "", mod: false, alt: false, shift: false };

test.each([
  [{ alt: true, code: "ArrowUp" }, "up"],
  [{ alt: true, code: "ArrowRight" }, "in"],
  [{ mod: true, code: "Enter" }, "add"],
  [{ mod: true, shift: true, code: "Enter" }, "addGroup"],
  [{ mod: true, code: "KeyD" }, "duplicate"],
  [{ code: "ArrowUp" }, null],
  [{ mod: true, alt: true, code: "ArrowUp" }, null],
] as const)("the keys %j mean %s", (pressed, deed) => expect(deedOf({ ...none, ...pressed })).toBe(deed));

test("Z goes back, with shift forth", () => {
  expect(turnOf({ ...none, mod: true, code: "KeyZ", key: "z" })).toBe("undo");
  expect(turnOf({ ...none, mod: true, shift: true, code: "KeyZ", key: "Z" })).toBe("redo");
  expect(turnOf({ ...none, code: "KeyZ", key: "z" })).toBeNull();
});

const KNOWN: Known = { events: [{ key: "cart", name: "Cart" }], layerings: [], tags: [{ key: "vip", name: "VIP" }], audiences: [], staff: [], waiting: false };

test.each(LEAVES)("a condition of the kind %s begins as one", (kind) => {
  const rule = begun(kind, KNOWN, a);
  expect(leafOf(rule)).toBe(kind);
  expect(notARule(rule)).toBeNull();
});

test("from did to did not the event and the window stay", () => {
  const did: Rule = { did: "share", times: 3, within_days: 7 };
  expect(begun("didNot", KNOWN, did)).toEqual({ did: "share", op: "=", times: 0, within_days: 7 });
});
