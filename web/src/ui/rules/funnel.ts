/** The steps of a funnel in a rule: an event is its text; a step with conditions is kept as it is, and shown as JSON. */
import type { Rule } from "./tree";

export type Went = "stopped_at" | "reached";

export function stepsOf(rule: Rule): unknown[] {
  const steps = (rule.funnel as Rule | undefined)?.steps;
  return Array.isArray(steps) ? steps : [];
}

export function stepText(step: unknown): string {
  return typeof step === "string" ? step : JSON.stringify(step);
}

/** The rule with other steps, by their texts; the step that is asked for stays within them. */
export function withSteps(rule: Rule, texts: string[]): Rule {
  const held = new Map(stepsOf(rule).map((step) => [stepText(step), step]));
  const steps = texts.map((text) => held.get(text) ?? text);
  const went: Went = "reached" in rule ? "reached" : "stopped_at";
  return { ...rule, funnel: { ...(rule.funnel as Rule), steps }, [went]: Math.min(Number(rule[went]), steps.length) };
}
