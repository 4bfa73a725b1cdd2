/** How long customers stay in layers, put in order for drawing and for a table. */
import type { LayeringHistory, LayerInfo, StayInfo } from "@/api/types";

export interface Curve {
  layer: LayerInfo;
  stay: StayInfo;
}

/** The layers that somebody came to within the history, in rank order. */
export function curves(history: LayeringHistory): Curve[] {
  return history.layers.flatMap((layer, at) => {
    const stay = history.stays[at];
    return stay && stay.came > 0 ? [{ layer, stay }] : [];
  });
}

/** The share still there after a day; null beyond the longest stay that was seen. */
export function shareAfter(stay: StayInfo, day: number): number | null {
  if (day > (stay.days.at(-1) ?? -1)) return null;
  const at = stay.days.findLastIndex((one) => one <= day);
  return stay.share[at] ?? null;
}

/** Every day that some curve has a point on. */
export function daysOf(drawn: Curve[]): number[] {
  return [...new Set(drawn.flatMap(({ stay }) => stay.days))].sort((a, b) => a - b);
}
