/** The rule that is being built, as it stands in the address: a link to it, and nothing lost by a reload. */
import { notARule, type Rule } from "@/ui/rules/tree";

export function readDraft(text: string | undefined): { rule: Rule | null; wrong: boolean } {
  if (!text) return { rule: null, wrong: false };
  try {
    const given: unknown = JSON.parse(text);
    return notARule(given) === null ? { rule: given as Rule, wrong: false } : { rule: null, wrong: true };
  } catch {
    return { rule: null, wrong: true };
  }
}

export function writeDraft(rule: Rule | null): string | undefined {
  return rule ? JSON.stringify(rule) : undefined;
}
