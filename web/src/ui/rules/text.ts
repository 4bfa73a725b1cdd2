/** A rule as text: written as JSON or YAML, read from either. */
import { CORE_SCHEMA, dump, load } from "js-yaml";
import { notARule, type Rule } from "./tree";

export type Written = "json" | "yaml";

export function written(rule: Rule | null, as: Written): string {
  if (!rule) return "";
  return as === "json" ? JSON.stringify(rule, null, 2) : dump(rule, { schema: CORE_SCHEMA, lineWidth: 120, noRefs: true });
}

export interface ReadRule {
  rule: Rule | null;
  /** Why it is none: the parser's words, or the place of the part that is no rule. */
  wrong: { syntax: string } | { place: string } | null;
}

/** The rule of a text; dates stay text, and nothing at all is no rule yet. */
export function readRule(text: string): ReadRule {
  if (!text.trim()) return { rule: null, wrong: null };
  let given: unknown;
  try {
    given = parsed(text);
  } catch (thrown) {
    return { rule: null, wrong: { syntax: thrown instanceof Error ? (thrown.message.split("\n")[0] ?? "") : String(thrown) } };
  }
  const place = notARule(given);
  return place === null ? { rule: given as Rule, wrong: null } : { rule: null, wrong: { place } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return load(text, { schema: CORE_SCHEMA });
  }
}
