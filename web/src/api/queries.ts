/** What can be asked of the API, each with the key it is cached under. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, told } from "./client";
import type { CustomerFilter, ImportRun, SelectionAsked } from "./types";

/** The looked-at day and the one it is compared with; undefined lets the server choose. */
export interface Days {
  as_of?: string;
  compare?: string;
}

export const workspaceQuery = queryOptions({
  queryKey: ["workspace"],
  queryFn: ({ signal }) => told(api.GET("/api/v1/workspace", { signal })),
});

export const eventsQuery = (query: { q?: string; unknown?: boolean }) =>
  queryOptions({
    queryKey: ["events", query],
    queryFn: ({ signal }) => told(api.GET("/api/v1/events", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => told(api.GET("/api/v1/health", { signal })),
});

export const samplesQuery = queryOptions({
  queryKey: ["samples"],
  queryFn: ({ signal }) => told(api.GET("/api/v1/samples", { signal })),
  staleTime: Infinity,
});

export const overviewQuery = (query: Days) =>
  queryOptions({
    queryKey: ["overview", query],
    queryFn: ({ signal }) => told(api.GET("/api/v1/overview", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export const searchQuery = (q: string, as_of?: string) =>
  queryOptions({
    queryKey: ["search", q, as_of],
    queryFn: ({ signal }) => told(api.GET("/api/v1/search", { params: { query: { q, as_of } }, signal })),
    placeholderData: keepPreviousData,
  });

export const layeringsQuery = (as_of?: string) =>
  queryOptions({
    queryKey: ["layerings", as_of],
    queryFn: ({ signal }) => told(api.GET("/api/v1/layerings", { params: { query: { as_of } }, signal })),
    placeholderData: keepPreviousData,
  });

export const layeringQuery = (key: string, query: Days) =>
  queryOptions({
    queryKey: ["layering", key, query],
    queryFn: ({ signal }) => told(api.GET("/api/v1/layerings/{key}", { params: { path: { key }, query }, signal })),
    placeholderData: keepPreviousData,
  });

/** What layerings can be made of: it changes with Titian alone. */
export const kindsQuery = queryOptions({
  queryKey: ["kinds"],
  queryFn: ({ signal }) => told(api.GET("/api/v1/kinds", { signal })),
  staleTime: Infinity,
});

export const cataloguedQuery = queryOptions({
  queryKey: ["traits"],
  queryFn: ({ signal }) => told(api.GET("/api/v1/traits", { signal })),
  staleTime: Infinity,
});

export const traitsQuery = (key: string, as_of?: string) =>
  queryOptions({
    queryKey: ["layering", key, "traits", as_of],
    queryFn: ({ signal }) =>
      told(api.GET("/api/v1/layerings/{key}/traits", { params: { path: { key }, query: { as_of } }, signal })),
  });

export const cutsQuery = (key: string, as_of?: string) =>
  queryOptions({
    queryKey: ["layering", key, "cuts", as_of],
    queryFn: ({ signal }) =>
      told(api.GET("/api/v1/layerings/{key}/cuts", { params: { path: { key }, query: { as_of } }, signal })),
  });

export const mapQuery = (key: string, as_of?: string) =>
  queryOptions({
    queryKey: ["layering", key, "map", as_of],
    queryFn: ({ signal }) =>
      told(api.GET("/api/v1/layerings/{key}/map", { params: { path: { key }, query: { as_of } }, signal })),
  });

export interface Between {
  start: string;
  end: string;
  refit?: boolean;
  /** The day whose cuts count: the page's own, so that the picture ends where the terraces stand. */
  fit_as_of?: string;
}

export const flowsQuery = (key: string, query: Between) =>
  queryOptions({
    queryKey: ["layering", key, "flows", query],
    queryFn: ({ signal }) =>
      told(api.GET("/api/v1/layerings/{key}/flows", { params: { path: { key }, query }, signal })),
    placeholderData: keepPreviousData,
  });

/** Which days of a history are looked at. */
export interface Spanned {
  start: string;
  end: string;
  every?: "day" | "week" | "month";
}

export const historyQuery = (key: string, query: Spanned) =>
  queryOptions({
    queryKey: ["layering", key, "history", query],
    queryFn: ({ signal }) =>
      told(api.GET("/api/v1/layerings/{key}/history", { params: { path: { key }, query }, signal })),
  });

export const movesQuery = (key: string, query: Spanned & { day: string; layer?: string }) =>
  infiniteQueryOptions({
    queryKey: ["layering", key, "moves", query],
    queryFn: ({ pageParam, signal }) =>
      told(api.GET("/api/v1/layerings/{key}/history/moves", { params: { path: { key }, query: { ...query, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });

export const crossedQuery = (key: string, other: string, as_of?: string) =>
  queryOptions({
    queryKey: ["layering", key, "against", other, as_of],
    queryFn: ({ signal }) =>
      told(api.GET("/api/v1/layerings/{key}/against/{other}", { params: { path: { key, other }, query: { as_of } }, signal })),
  });

export interface SplitAsked {
  outcome?: string;
  as_of?: string;
  outcome_at?: string;
}

export const splitQuery = (key: string, query: SplitAsked) =>
  queryOptions({
    queryKey: ["layering", key, "split", query],
    queryFn: ({ signal }) =>
      told(api.GET("/api/v1/layerings/{key}/split-test", { params: { path: { key }, query }, signal })),
  });

export const layerPortraitQuery = (key: string, layer: string, as_of: string) =>
  queryOptions({
    queryKey: ["layering", key, "portrait", layer, as_of],
    queryFn: ({ signal }) => told(api.GET("/api/v1/layerings/{key}/layers/{layer}/portrait", { params: { path: { key, layer }, query: { as_of } }, signal })),
  });

export const audiencePortraitQuery = (key: string, as_of: string) =>
  queryOptions({
    queryKey: ["audience", key, "portrait", as_of],
    queryFn: ({ signal }) => told(api.GET("/api/v1/audiences/{key}/portrait", { params: { path: { key }, query: { as_of } }, signal })),
  });

export const definitionQuery = (key: string, version?: number) =>
  queryOptions({
    queryKey: ["layering", key, "definition", version],
    queryFn: ({ signal }) =>
      told(api.GET("/api/v1/layerings/{key}/definition", { params: { path: { key }, query: { version } }, signal })),
    placeholderData: keepPreviousData,
  });

export const customersQuery = (query: CustomerFilter) =>
  infiniteQueryOptions({
    queryKey: ["customers", query],
    queryFn: ({ pageParam, signal }) =>
      told(api.GET("/api/v1/customers", { params: { query: { ...query, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const portraitQuery = (customer_id: string, query: Days) =>
  queryOptions({
    queryKey: ["customer", customer_id, query],
    queryFn: ({ signal }) =>
      told(api.GET("/api/v1/customers/{customer_id}", { params: { path: { customer_id }, query }, signal })),
  });

/** A strip that has to be looked up in everybody's history. */
export const stripQuery = (key: string, customer_id: string, as_of?: string) =>
  queryOptions({
    queryKey: ["layering", key, "history", "customer", customer_id, as_of],
    queryFn: ({ signal }) =>
      told(api.GET("/api/v1/layerings/{key}/history/customers/{customer_id}", { params: { path: { key, customer_id }, query: { as_of } }, signal })),
  });

export const auditQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ["audit", q],
    queryFn: ({ pageParam, signal }) => told(api.GET("/api/v1/audit", { params: { query: { q, before: pageParam } }, signal })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const tagsQuery = queryOptions({
  queryKey: ["tags"],
  queryFn: ({ signal }) => told(api.GET("/api/v1/tags", { signal })),
});

export const tagHoldersQuery = (key: string) =>
  infiniteQueryOptions({
    queryKey: ["tags", key, "customers"],
    queryFn: ({ pageParam, signal }) =>
      told(api.GET("/api/v1/tags/{key}/customers", { params: { path: { key }, query: { cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });

/** Who meets a rule; only while somebody waits for it. */
export const selectionQuery = (rule: SelectionAsked["rule"], as_of: string | undefined) =>
  queryOptions({
    queryKey: ["selection", rule, as_of],
    queryFn: ({ signal }) => told(api.POST("/api/v1/selections", { body: { rule, as_of, sample: 20 }, signal })),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    retry: false,
  });

export const audiencesQuery = (as_of?: string) =>
  queryOptions({
    queryKey: ["audiences", as_of],
    queryFn: ({ signal }) => told(api.GET("/api/v1/audiences", { params: { query: { as_of } }, signal })),
    placeholderData: keepPreviousData,
  });

export const audienceQuery = (key: string, query: Days) =>
  queryOptions({
    queryKey: ["audience", key, query],
    queryFn: ({ signal }) => told(api.GET("/api/v1/audiences/{key}", { params: { path: { key }, query }, signal })),
    placeholderData: keepPreviousData,
  });

export const audienceSizesQuery = (key: string, query: { start?: string; end?: string; every_days?: number }) =>
  queryOptions({
    queryKey: ["audience", key, "sizes", query],
    queryFn: ({ signal }) => told(api.GET("/api/v1/audiences/{key}/sizes", { params: { path: { key }, query }, signal })),
    placeholderData: keepPreviousData,
  });

export const overlapQuery = (audiences: string[], as_of?: string) =>
  queryOptions({
    queryKey: ["audiences", "overlap", audiences, as_of],
    queryFn: ({ signal }) => told(api.POST("/api/v1/audiences/overlap", { body: { audiences, as_of }, signal })),
  });

export const customerTagsQuery = (customer_id: string) =>
  queryOptions({
    queryKey: ["tags", "of", customer_id],
    queryFn: ({ signal }) => told(api.GET("/api/v1/customers/{customer_id}/tags", { params: { path: { customer_id } }, signal })),
  });

export const customerNotesQuery = (customer_id: string) =>
  infiniteQueryOptions({
    queryKey: ["notes", "of", customer_id],
    queryFn: ({ pageParam, signal }) =>
      told(api.GET("/api/v1/customers/{customer_id}/notes", { params: { path: { customer_id }, query: { cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });

export const notesQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ["notes", search],
    queryFn: ({ pageParam, signal }) => told(api.GET("/api/v1/notes", { params: { query: { search, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const importsQuery = queryOptions({
  queryKey: ["imports"],
  queryFn: ({ signal }) => told(api.GET("/api/v1/imports", { params: { query: { limit: 50 } }, signal })),
  refetchInterval: (query) => (query.state.data?.runs.some(isUnderWay) ? 1000 : false),
});

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["import", id],
    queryFn: ({ signal }) =>
      told(api.GET("/api/v1/imports/{import_id}", { params: { path: { import_id: id } }, signal })),
    refetchInterval: (query) => (query.state.data && !isUnderWay(query.state.data) ? false : 400),
  });

export function isUnderWay(run: ImportRun): boolean {
  return run.state === "waiting" || run.state === "running";
}
