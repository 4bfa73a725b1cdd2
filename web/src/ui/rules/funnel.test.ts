import { expect, test } from "vitest";
import { stepsOf, stepText, withSteps } from "./funnel";

const VIP = { event: "view", channel: ["app"] };
const RULE = { funnel: { steps: ["view", VIP, "purchase"], within_days: 7 }, stopped_at: 3 };

test("steps with conditions are kept when others go", () => {
  expect(stepsOf(withSteps(RULE, ["view", stepText(VIP)]))).toEqual(["view", VIP]);
});

test("the step that is asked for stays within the steps", () => {
  expect(withSteps(RULE, ["view", "cart"]).stopped_at).toBe(2);
});

test("new steps come last and the rest stays", () => {
  const { stopped_at, ...rest } = RULE;
  const rule = { ...rest, reached: stopped_at };
  expect(withSteps(rule, ["view", stepText(VIP), "purchase", "share"])).toEqual({ funnel: { steps: ["view", VIP, "purchase", "share"], within_days: 7 }, reached: 3 });
});
