/** Who would be in which layer of a layering that is being made; asked when the form stands still. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { previewLayering } from "@/api/commands";
import type { LayeringPreview, Parameters } from "@/api/types";
import { useSettled } from "@/ui/useSettled";

const PAUSE = 400;

export interface Previewed {
  preview: LayeringPreview | null;
  error: unknown;
  asking: boolean;
}

export function usePreview(kind: string, parameters: Parameters, as_of: string | undefined): Previewed {
  const settled = useSettled(parameters, PAUSE);
  const { data, error, isFetching } = useQuery({
    queryKey: ["preview", kind, settled, as_of],
    queryFn: ({ signal }) => previewLayering({ kind, parameters: settled, as_of }, signal),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
    retry: false,
  });
  return { preview: data ?? null, error: error ?? null, asking: isFetching || settled !== parameters };
}
