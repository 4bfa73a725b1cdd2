/** A plan in parts: what stands against it, what would change, who rests on that, what stays. */
import type { Plan, Planned } from "@/api/types";

export interface Parts {
  conflicts: Planned[];
  changes: Planned[];
  /** The same themselves, with customers who would move. */
  resting: Planned[];
  unfiled: Planned[];
  same: number;
}

const CHANGING = new Set(["create", "change", "remove"]);

export function partsOf(plan: Plan): Parts {
  const of = (fits: (one: Planned) => boolean) => plan.definitions.filter(fits);
  const resting = of((one) => one.deed === "same" && (one.moved ?? 0) > 0);
  return {
    conflicts: of((one) => one.deed === "conflict"),
    changes: of((one) => CHANGING.has(one.deed)),
    resting,
    unfiled: of((one) => one.deed === "unfiled"),
    same: of((one) => one.deed === "same").length - resting.length,
  };
}

/** Whether it can be applied: all of it or nothing. */
export const canBeApplied = (plan: Plan) => plan.changes > 0 && plan.conflicts === 0;

/** What becomes of those who move: a new layering or audience takes them in, one that goes lets them go. */
export function movedIn({ deed }: Planned): "in" | "out" | "elsewhere" {
  if (deed === "create") return "in";
  return deed === "remove" ? "out" : "elsewhere";
}

/** The sign that the command line puts before it. */
export function signOf({ deed }: Planned): string {
  return { create: "+", change: "~", remove: "−", conflict: "!", unfiled: "?", same: "=" }[deed];
}
