/** Rules of any shape, and a dice that falls the same again, for tests of laws. */
import { joinOf, kindOf, parts, type Path, type Rule } from "./tree";

export type Dice = (sides: number) => number;

export function dice(seed: number): Dice {
  let state = seed * 2654435761 + 1;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const LEAVES: Rule[] = [
  { trait: "spend_90d", op: ">=", value: 100.5 },
  { trait: "city", op: "in", value: ["杭州", "a: b # c", "- x", "true", "2024-06-01"] },
  { trait: "last_order_at", op: "between", value: ["2024-06-01", { days_before: 30 }] },
  { trait: "has_email", op: "is_known" },
  { trait: "recency_days", value: 0 },
  { did: "cart", op: "=", times: 0, between: [{ days_before: 60 }, "2024-06-01T08:30"] },
  { did: "登录", within_days: 30 },
  { layering: "rfm", layers: ["important_value", "none"], as_of: { days_before: 30 } },
  { moved: "rfm", source: ["important_value"], since: "2024-06-01" },
  { tag: "null" },
  { audience: "0123" },
];

export function anyRule(roll: Dice, deepest = 4): Rule {
  const shape = deepest > 1 ? roll(6) : 5;
  if (shape === 0) return { not: anyRule(roll, deepest - 1) };
  if (shape > 2) return structuredClone(LEAVES[roll(LEAVES.length)] as Rule);
  return { [shape === 1 ? "all" : "any"]: Array.from({ length: 1 + roll(4) }, () => anyRule(roll, deepest - 1)) };
}

/** The paths of all parts, the whole first. */
export function paths(rule: Rule, above: Path = []): Path[] {
  return [above, ...parts(rule).flatMap((part, place) => paths(part, [...above, place]))];
}

/** The conditions, from left to right, as text. */
export function conditions(rule: Rule): string[] {
  return joinOf(rule) || kindOf(rule) === "not" ? parts(rule).flatMap(conditions) : [JSON.stringify(rule)];
}

/** Who meets a rule, where `holds` says it of a condition: what a change of shape has to leave alone. */
export function meets(rule: Rule, holds: (condition: Rule) => boolean): boolean {
  const join = joinOf(rule);
  if (join === "all") return parts(rule).every((part) => meets(part, holds));
  if (join === "any") return parts(rule).some((part) => meets(part, holds));
  return kindOf(rule) === "not" ? !meets(rule.not as Rule, holds) : holds(rule);
}
