/** What can be asked and done of definitions, their versions, and the files that they are kept in. */
import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { api, told } from "./client";
import type { Sort } from "./types";

/** All that is in force, with those that come with Titian. */
export const definitionsQuery = queryOptions({
  queryKey: ["definitions", "in force"],
  queryFn: ({ signal }) => told(api.GET("/api/v1/definitions", { params: { query: { house: true } }, signal })),
});

export const removedQuery = queryOptions({
  queryKey: ["definitions", "removed"],
  queryFn: ({ signal }) => told(api.GET("/api/v1/definitions/removed", { signal })),
});

export const versionsQuery = (sort: Sort, key: string) =>
  queryOptions({
    queryKey: ["definitions", sort, key],
    queryFn: ({ signal }) => told(api.GET("/api/v1/definitions/{sort}/{key}/versions", { params: { path: { sort, key } }, signal })),
    retry: false,
  });

/** What files would change. They may be changed outside at any time: looked at anew whenever somebody comes to look. */
export const planQuery = (prune: boolean) =>
  queryOptions({
    queryKey: ["definitions", "plan", prune],
    queryFn: ({ signal }) => told(api.GET("/api/v1/plan", { params: { query: { prune } }, signal })),
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });

export const applyPlan = (digest: string, prune: boolean) => told(api.POST("/api/v1/plan/apply", { body: { digest, prune } }));

export const exportDefinitions = () => told(api.POST("/api/v1/definitions/export"));

export const restoreDefinition = (sort: Sort, key: string, version: number | null, base_version: number | null) =>
  told(api.POST("/api/v1/definitions/{sort}/{key}/restore", { params: { path: { sort, key } }, body: { version, base_version } }));

/** Everything may rest on what is defined. */
export const refreshAll = (cache: QueryClient) => void cache.invalidateQueries();
