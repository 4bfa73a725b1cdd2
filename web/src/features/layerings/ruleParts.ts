/** Rules as they are edited: a list of conditions, all or any of which hold; deeper trees stay text. */

export type Op =
  | "=" | "!=" | ">" | ">=" | "<" | "<=" | "between" | "in" | "not_in" | "is_known" | "is_unknown" | "contains" | "starts_with";

export type Value = string | number | boolean | null | undefined | (string | number | null)[];

export interface Condition {
  trait: string;
  op: Op;
  value?: Value;
}

export interface Flat {
  join: "all" | "any";
  conditions: Condition[];
}

type Tree = Record<string, unknown>;

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A condition that a line of fields can show: its value is no date counted from the as-of. */
function isCondition(value: unknown): value is Condition {
  return isTree(value) && typeof value.trait === "string" && !isTree(value.value);
}

/** A rule as lines; null where it is nested, negated or otherwise more than lines can say. */
export function flatten(rule: unknown): Flat | null {
  if (isCondition(rule)) return { join: "all", conditions: [{ ...rule, op: rule.op ?? "=" }] };
  if (!isTree(rule)) return null;
  for (const join of ["all", "any"] as const) {
    const held = rule[join];
    if (Array.isArray(held) && Object.keys(rule).length === 1)
      return held.every(isCondition) ? { join, conditions: held.map((one) => ({ ...one, op: one.op ?? "=" })) } : null;
  }
  return null;
}

/** The rule that the lines say: one condition stands alone. */
export function built({ join, conditions }: Flat): unknown {
  return conditions.length === 1 ? conditions[0] : { [join]: conditions };
}

const NUMBER_OPS: Op[] = [">=", ">", "<=", "<", "=", "!=", "between", "is_known", "is_unknown"];
const WORD_OPS: Op[] = ["=", "!=", "in", "not_in", "contains", "starts_with", "is_known", "is_unknown"];

export function opsOf(unit: string): Op[] {
  if (unit === "category" || unit === "text") return WORD_OPS;
  if (unit === "flag") return ["=", "is_known", "is_unknown"];
  return unit === "date" ? [">=", "<=", "between", "is_known", "is_unknown"] : NUMBER_OPS;
}

/** The value in the shape that the operator takes; what fits is kept. */
export function fitted(op: Op, value: Value, unit: string): Value {
  if (op === "is_known" || op === "is_unknown") return undefined;
  const one = Array.isArray(value) ? value[0] : value;
  const usual = unit === "flag" ? true : unit === "category" || unit === "date" || unit === "text" ? "" : 0;
  if (op === "between") return Array.isArray(value) && value.length === 2 ? value : [(one as number | null) ?? usual as number, (one as number | null) ?? usual as number];
  if (op === "in" || op === "not_in") return Array.isArray(value) ? value : one === undefined || one === "" ? [] : [one as string];
  return one ?? usual;
}

export interface Named {
  base: string;
  days: number | null;
}

/** spend_365d → spend in 365 days. */
export function parted(trait: string, known: (name: string) => boolean): Named {
  const hit = /^(.+)_([1-9]\d{0,4})d$/.exec(trait);
  return hit?.[1] && !known(trait) ? { base: hit[1], days: Number(hit[2]) } : { base: trait, days: null };
}

export function joined({ base, days }: Named): string {
  return days ? `${base}_${days}d` : base;
}
