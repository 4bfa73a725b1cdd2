/** Which side of a cut is the good one, and whether the cut itself belongs to it. */
import type { CutHistogram } from "@/api/types";

export type Side = "≥" | ">" | "≤" | "<";

export interface CutRule {
  /** A number, or a statistic of the customers: mean, median, q0.8. */
  rule: string | number;
  /** Whether who stands exactly on the cut is on its good side. */
  inclusive: boolean;
  side: Side;
}

/** A fixed number includes itself and a statistic does not; a time of silence always does. */
export function cutRule(cut: CutHistogram, rule: string | number, silence: boolean): CutRule {
  const inclusive = silence || typeof rule === "number";
  const side = cut.trait.better === "low" ? (inclusive ? "≤" : "<") : inclusive ? "≥" : ">";
  return { rule, inclusive, side };
}
