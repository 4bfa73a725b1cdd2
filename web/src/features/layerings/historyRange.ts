/** What the address says of a history: how far back, and how often. */
import { daysBefore } from "@/ui/period";

export const RANGES = [30, 90, 365] as const;
export type Range = (typeof RANGES)[number];
export const STEPS = ["day", "week", "month"] as const;
export type Step = (typeof STEPS)[number];

interface Said<T> {
  value: T;
  /** What stood there and can't be meant. */
  wrong?: string;
}

export function rangeOf(said: string | undefined): Said<Range> {
  const found = RANGES.find((days) => String(days) === said);
  return { value: found ?? 90, wrong: found ? undefined : said };
}

/** Undefined: as the layering's own speed allows. */
export function everyOf(said: string | undefined): Said<Step | undefined> {
  const found = STEPS.find((step) => step === said);
  return { value: found, wrong: found ? undefined : said };
}

/** Where a history of about so many days begins, so that weeks and months end on its last day. */
export function startOf(end: string, range: Range, every: Step | undefined): string {
  if (every === "week") return daysBefore(end, Math.ceil(range / 7) * 7);
  if (every !== "month") return daysBefore(end, range);
  const at = new Date(`${end}T00:00:00Z`);
  at.setUTCDate(Math.min(at.getUTCDate(), 28));
  at.setUTCMonth(at.getUTCMonth() - Math.round(range / 30.4));
  return at.toISOString().slice(0, 10);
}
