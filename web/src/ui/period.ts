/** The looked-at day and the one it is compared with: kept in the address, shared by all pages. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { workspaceQuery, type Days } from "@/api/queries";

const DAY = /^\d{4}-\d\d-\d\d$/;

/** Whether a text is a day of the calendar, YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const at = DAY.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

export function daysBefore(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
}

export function daysBetween(start: string, end: string): number {
  return Math.round((Date.parse(`${end}T00:00:00Z`) - Date.parse(`${start}T00:00:00Z`)) / 86_400_000);
}

export interface Looked {
  /** As in the address; undefined means the newest. */
  asked: Days;
  /** As they come to be; null while there are no data. */
  as_of: string | null;
  compare: string | null;
  change: (days: Days) => void;
}

export function usePeriod(): Looked {
  const search: Days = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data: workspace } = useQuery(workspaceQuery);
  const as_of = search.as_of ?? workspace?.default_as_of ?? null;
  const usual = search.as_of ? daysBefore(search.as_of, 30) : (workspace?.default_compare ?? null);
  return {
    asked: { as_of: search.as_of, compare: search.compare },
    as_of,
    compare: search.compare ?? usual,
    change: (days) =>
      void navigate({ to: ".", search: (before: Record<string, unknown>) => ({ ...before, ...days }), replace: true }),
  };
}
