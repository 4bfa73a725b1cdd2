/** Changing a mapping: which source column a target takes, and answers to questions. */
import type { Guess, Mapping, TargetColumn } from "@/api/types";

/** The mapping with `target` taken from `source`; a source serves one target only. */
export function withSource(mapping: Mapping, target: string, source: string | null): Mapping {
  const columns: Record<string, string> = {};
  for (const [name, from] of Object.entries(mapping.columns)) {
    if (name !== target && from !== source) columns[name] = from;
  }
  if (source !== null) columns[target] = source;
  return { ...mapping, columns };
}

/** The mapping with an answer put where the question says: date_order, columns.customer_id, status_values.已付款. */
export function answered(mapping: Mapping, field: string, answer: string): Mapping {
  const at = field.indexOf(".");
  const [head, rest] = at < 0 ? [field, ""] : [field.slice(0, at), field.slice(at + 1)];
  if (head === "columns") return withSource(mapping, rest, answer);
  if (head === "status_values") return { ...mapping, status_values: { ...mapping.status_values, [rest]: answer } };
  const value = answer === "true" ? true : answer === "false" ? false : answer;
  return { ...mapping, [head]: value };
}

/** What was answered before, where it was. */
export function answerOf(mapping: Mapping, field: string): string | undefined {
  const at = field.indexOf(".");
  const [head, rest] = at < 0 ? [field, ""] : [field.slice(0, at), field.slice(at + 1)];
  if (head === "columns") return mapping.columns[rest];
  if (head === "status_values") return mapping.status_values?.[rest];
  const value = mapping[head as keyof Mapping];
  return typeof value === "string" || typeof value === "boolean" ? String(value) : undefined;
}

/** A guess made again for the same table: what was sure before stays so, what a person chose is theirs. */
export function kept(before: Guess, after: Guess): Guess {
  if (before.table !== after.table) return after;
  const known = new Map(before.targets.map((target) => [target.name, target]));
  const targets = after.targets.map((target) => {
    const earlier = known.get(target.name);
    if (earlier && earlier.source === target.source) return { ...target, confidence: earlier.confidence, why: earlier.why };
    return { ...target, confidence: 0, why: null };
  });
  return { ...after, targets };
}

/** Required targets without a source; an amount may come from quantity × unit price. */
export function missing(guess: Guess): TargetColumn[] {
  const { columns } = guess.mapping;
  const multiplied = "quantity" in columns && "unit_price" in columns;
  return guess.targets.filter(
    (target) => target.required && !(target.name in columns) && !(target.name === "amount" && multiplied),
  );
}
