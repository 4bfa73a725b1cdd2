/** A layering's sizes over time, put in order for drawing: who stands where in the stack, and what a table says. */
import type { LayeringHistory, LayerInfo } from "@/api/types";

export interface Band {
  layer: LayerInfo;
  counts: number[];
}

/** The layers that ever held anybody, the lowest first: so the highest lies on top. */
export function bands(history: LayeringHistory): Band[] {
  return history.layers
    .map((layer, at) => ({ layer, counts: history.customers[at] ?? [] }))
    .filter(({ counts }) => counts.some((count) => count > 0))
    .reverse();
}

/** Everyone on each day. */
export function totals(history: LayeringHistory): number[] {
  return history.days.map((_, day) => history.customers.reduce((sum, counts) => sum + (counts[day] ?? 0), 0));
}

/** Where the middle of each band lies on the last day, for its label; none for bands too thin to write on. */
export function labels(stack: Band[], least = 0.025): { layer: LayerInfo; middle: number }[] {
  const last = stack.map(({ counts }) => counts.at(-1) ?? 0);
  const whole = Math.max(1, last.reduce((sum, count) => sum + count, 0));
  let below = 0;
  return stack.flatMap(({ layer }, at) => {
    const count = last[at] ?? 0;
    const middle = below + count / 2;
    below += count;
    return count / whole >= least ? [{ layer, middle }] : [];
  });
}
