/** Who counts, and who is left out of every fit and count. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, told } from "./client";
import type { PopulationChange } from "./types";

export const populationQuery = (as_of?: string) =>
  queryOptions({
    queryKey: ["population", as_of],
    queryFn: ({ signal }) => told(api.GET("/api/v1/population", { params: { query: { as_of } }, signal })),
  });

/** Who would be out by a rule; only while somebody waits for it. */
export const wouldBeOutQuery = (rule: Record<string, unknown>) =>
  queryOptions({
    queryKey: ["population", "preview", rule],
    queryFn: ({ signal }) => told(api.POST("/api/v1/population/preview", { body: { rule }, signal })),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    retry: false,
  });

export const changePopulation = (body: PopulationChange) => told(api.PUT("/api/v1/population", { body }));
