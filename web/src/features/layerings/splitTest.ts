/** The test of a split: what is asked, and how the outcome of the layers is laid out. */
import type { SplitAsked } from "@/api/queries";
import type { LayerOutcome, SplitTested } from "@/api/types";
import { daysBefore } from "@/ui/period";

export const OUTCOME = "spend_90d";
export const WHENS = ["later", "same"] as const;
export type When = (typeof WHENS)[number];

/** How many days after the layers an outcome without a window is looked at. */
const USUAL_DAYS = 90;
/** How far an interval may reach beyond the means before it is cut off, as a part of their span. */
const BEYOND = 0.6;

/** Undefined: as the data allow. */
export function whenOf(said: string | undefined): { value: When | undefined; wrong?: string } {
  const found = WHENS.find((when) => when === said);
  return { value: found, wrong: found ? undefined : said };
}

export function daysAhead(windowDays: number | null): number {
  return windowDays ?? USUAL_DAYS;
}

/** The outcome is of the page's day; the layers are of that day or of as many days before as the outcome's window is long. */
export function askedOf(outcome: string, when: When | undefined, day: string, windowDays: number | null): SplitAsked {
  if (!when) return { outcome, outcome_at: day };
  return { outcome, outcome_at: day, as_of: when === "same" ? day : daysBefore(day, daysAhead(windowDays)) };
}

export interface Scale {
  from: number;
  to: number;
}

/** From zero (or below) to the largest mean and, within reason, the ends of the intervals. */
export function scaleOf(layers: LayerOutcome[]): Scale {
  const all = (one: "mean" | "low" | "high") => layers.map((layer) => layer[one]).filter((value) => value !== null);
  const [bottom, top] = [Math.min(0, ...all("mean")), Math.max(0, ...all("mean"))];
  const room = (top - bottom) * BEYOND;
  return {
    from: Math.max(bottom - room, Math.min(bottom, ...all("low"))),
    to: Math.min(top + room, Math.max(top, ...all("high"))),
  };
}

/** Where a value lies on the scale, 0 to 1. */
export function placeOf(value: number, { from, to }: Scale): number {
  return to > from ? Math.min(1, Math.max(0, (value - from) / (to - from))) : 0;
}

export interface Part {
  /** The place among the outcome's values; null stands for the rest together. */
  value: number | null;
  count: number;
}

/** A layer's customers by value: the most common ones, and the rest together. */
export function partsOf(layer: LayerOutcome, values: SplitTested["values"], most: number): Part[] {
  const alone = values.flatMap((value, at) => (value.key !== null && at < most ? [at] : []));
  const rest = layer.counts.reduce((sum, count) => sum + count, 0) - alone.reduce((sum, at) => sum + (layer.counts[at] ?? 0), 0);
  const parts: Part[] = alone.map((at) => ({ value: at, count: layer.counts[at] ?? 0 }));
  return values.length > alone.length ? [...parts, { value: null, count: rest }] : parts;
}

/** How many customers of all layers have each part's value. */
export function totalsOf(layers: LayerOutcome[], values: SplitTested["values"], most: number): Part[] {
  const lines = layers.map((layer) => partsOf(layer, values, most));
  return (lines[0] ?? []).map((part, at) => ({ ...part, count: lines.reduce((sum, line) => sum + (line[at]?.count ?? 0), 0) }));
}
