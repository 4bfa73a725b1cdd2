/** What a changed definition would do, asked while it is being changed; a newer question stops the older one. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { tryLayering } from "@/api/commands";
import type { Impact, Parameters } from "@/api/types";
import { useSettled } from "@/ui/useSettled";

export interface Tried {
  impact: Impact | null;
  error: unknown;
  asking: boolean;
}

const PAUSE = 30;

export function useImpact(key: string, parameters: Parameters | null, as_of: string): Tried {
  const settled = useSettled(parameters, PAUSE);
  const { data, error, isFetching } = useQuery({
    queryKey: ["layering", key, "impact", settled, as_of],
    queryFn: ({ signal }) => tryLayering(key, settled ?? {}, as_of, signal),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
    retry: false,
  });
  if (parameters === null) return { impact: null, error: null, asking: false };
  return { impact: error ? null : (data ?? null), error, asking: isFetching || settled !== parameters };
}
