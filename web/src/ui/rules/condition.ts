/** Conditions as they are edited: which operators a trait takes, values in their shapes, windows in names, edges of spans. */

export type Op =
  | "=" | "!=" | ">" | ">=" | "<" | "<=" | "between" | "in" | "not_in" | "is_known" | "is_unknown" | "contains" | "starts_with";

/** Days before the day that is looked at. */
export interface Before {
  days_before: number;
}

/** A date, or days before the day that is looked at. */
export type Edge = string | Before;
export type Scalar = string | number | boolean | Before;
export type Value = Scalar | null | undefined | (Scalar | null)[];

export interface Condition {
  trait: string;
  op?: Op;
  value?: Value;
}

const NUMBER_OPS: Op[] = [">=", ">", "<=", "<", "=", "!=", "between", "in", "not_in", "is_known", "is_unknown"];
const WORD_OPS: Op[] = ["=", "!=", "in", "not_in", "contains", "starts_with", "is_known", "is_unknown"];
const DATE_OPS: Op[] = [">=", ">", "<=", "<", "=", "!=", "between", "is_known", "is_unknown"];

export function opsOf(unit: string): Op[] {
  if (unit === "category" || unit === "text") return WORD_OPS;
  if (unit === "flag") return ["=", "is_known", "is_unknown"];
  return unit === "date" ? DATE_OPS : NUMBER_OPS;
}

function usualOf(unit: string): Scalar {
  if (unit === "flag") return true;
  if (unit === "date") return { days_before: 30 };
  return unit === "category" || unit === "text" ? "" : 0;
}

/** The value in the shape that the operator takes; what fits is kept. */
export function fitted(op: Op, value: Value, unit: string): Value {
  if (op === "is_known" || op === "is_unknown") return undefined;
  const one = Array.isArray(value) ? value[0] : value;
  const single = one ?? usualOf(unit);
  if (op === "between") return Array.isArray(value) && value.length === 2 ? value : [single, single];
  if (op === "in" || op === "not_in") return Array.isArray(value) ? value : one === undefined || one === "" ? [] : [single];
  return single;
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

export function isBefore(value: unknown): value is Before {
  return typeof value === "object" && value !== null && "days_before" in value;
}
