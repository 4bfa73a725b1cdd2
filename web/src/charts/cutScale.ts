/** Where a cut stands on its histogram, and the steps that keys and drags take. */
import type { CutHistogram } from "@/api/types";

export interface Scale {
  toShare: (value: number) => number;
  toValue: (share: number) => number;
  step: number;
  round: (value: number) => number;
}

const FINE: Record<string, number> = { days: 1, orders: 1, times: 1, money: 0.01, share: 0.001 };

/** Steps of about 1/400 of the range, but never finer than the unit, and round: 1, 2 or 5 × 10ⁿ. */
export function stepOf(low: number, high: number, unit: string): number {
  const wanted = Math.max((high - low) / 400, FINE[unit] ?? 1e-6);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const lead = wanted / power;
  return (lead <= 1.0001 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
}

export function scaleOf(histogram: CutHistogram): Scale {
  const { low, high, trait } = histogram;
  const span = high - low || 1;
  const step = stepOf(low, low + span, trait.unit);
  const round = (value: number) => Number((Math.round(value / step) * step).toPrecision(12));
  return {
    toShare: (value) => Math.min(1, Math.max(0, (value - low) / span)),
    toValue: (share) => round(low + Math.min(1, Math.max(0, share)) * span),
    step,
    round,
  };
}
