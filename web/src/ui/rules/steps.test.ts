import { expect, test } from "vitest";
import { done, type Deed } from "./deeds";
import { anyRule, dice, paths } from "./rule.testing";
import { redone, started, stepped, undone } from "./steps";
import { put, type Path, type Rule } from "./tree";

const DEEDS: Deed[] = ["add", "addGroup", "up", "down", "in", "out", "wrap", "unwrap", "duplicate", "negate", "remove"];

test.each(Array.from({ length: 40 }, (_, seed) => seed))("undo returns what was, redo what came of it, whatever was done (%i)", (seed) => {
  const roll = dice(seed);
  let steps = started(anyRule(roll));
  const seen = [steps.present];
  for (let turn = 0; turn < 12 && steps.present; turn += 1) {
    const places = paths(steps.present);
    const next = done(steps.present, DEEDS[roll(DEEDS.length)] as Deed, places[roll(places.length)] as Path);
    if (!next) continue;
    steps = stepped(steps, next.rule, turn * 10_000);
    seen.push(next.rule);
  }
  for (const rule of seen.slice(0, -1).reverse()) {
    steps = undone(steps);
    expect(steps.present).toBe(rule);
  }
  expect(undone(steps)).toBe(steps);
  for (const rule of seen.slice(1)) {
    steps = redone(steps);
    expect(steps.present).toBe(rule);
  }
  expect(redone(steps)).toBe(steps);
});

const both: Rule = { all: [{ trait: "spend", op: ">=", value: 0 }, { tag: "vip" }] };
const spend = (value: number): Rule => put(both, [0], { trait: "spend", op: ">=", value });

test("what is typed at a stretch is one step", () => {
  const start = spend(0);
  let steps = stepped(started(start), spend(1), 1000);
  steps = stepped(steps, spend(12), 1200);
  steps = stepped(steps, spend(120), 1400);
  expect(steps.present).toEqual(spend(120));
  expect(undone(steps).present).toBe(start);
});

test("after a pause, or elsewhere, it is another step", () => {
  const first = spend(1);
  let steps = stepped(started(spend(0)), first, 1000);
  steps = stepped(steps, spend(12), 5000);
  expect(undone(steps).present).toBe(first);
  const second = steps.present as Rule;
  steps = stepped(steps, put(second, [1], { tag: "other" }), 5100);
  expect(undone(steps).present).toBe(second);
});

test("a new step forgets what was undone", () => {
  const steps = stepped(undone(stepped(started(spend(0)), spend(1), 0)), spend(2), 9000);
  expect(steps.future).toEqual([]);
});
