/** The four things to know of customers, and who is in charge of them: asked and told. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, told } from "./client";
import type { ChargeAsked, SayingAsked, ThingKnown } from "./types";

export const coverageQuery = (as_of?: string) =>
  queryOptions({
    queryKey: ["knowing", "coverage", as_of],
    queryFn: ({ signal }) => told(api.GET("/api/v1/knowing", { params: { query: { as_of } }, signal })),
    placeholderData: keepPreviousData,
  });

export const knowingQuery = (customer_id: string, as_of?: string) =>
  queryOptions({
    queryKey: ["knowing", "of", customer_id, as_of],
    queryFn: ({ signal }) =>
      told(api.GET("/api/v1/customers/{customer_id}/known", { params: { path: { customer_id }, query: { as_of } }, signal })),
    placeholderData: keepPreviousData,
  });

export const sayOf = (customer_id: string, thing: ThingKnown["key"], body: SayingAsked) =>
  told(api.PUT("/api/v1/customers/{customer_id}/known/{thing}", { params: { path: { customer_id, thing } }, body }));

export const undoSaying = (saying: string) => told(api.POST("/api/v1/knowing/{saying}/undo", { params: { path: { saying } } }));

export const staffQuery = queryOptions({
  queryKey: ["staff"],
  queryFn: ({ signal }) => told(api.GET("/api/v1/staff", { signal })),
});

export const customerStaffQuery = (customer_id: string) =>
  queryOptions({
    queryKey: ["staff", "of", customer_id],
    queryFn: ({ signal }) => told(api.GET("/api/v1/customers/{customer_id}/staff", { params: { path: { customer_id } }, signal })),
  });

export const chargeStaff = (body: ChargeAsked) => told(api.POST("/api/v1/staff/charges", { body }));

export const undoCharge = (batch: string) => told(api.POST("/api/v1/staff/charges/{batch}/undo", { params: { path: { batch } } }));
