/** What the address says of a history: how far back, and how often. */
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
