/** Which part of a rule a refusal of the server is about. */
import { naming, parts, pathOf, type Path, type Rule } from "@/ui/rules/tree";

/** The path of that part; null where the details do not tell. */
export function placeOf(rule: Rule, details: Record<string, unknown>): Path | null {
  const { place, given } = details;
  if (typeof place === "string" && place) return pathOf(rule, place);
  if (typeof given === "string") return naming(rule, given);
  return parts(rule).length ? null : [];
}
