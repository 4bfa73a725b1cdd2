/** What is kept of one customer, handed out; and customers erased. */
import { queryOptions } from "@tanstack/react-query";
import { api, told } from "./client";

export const everythingOf = (customer_id: string) => told(api.GET("/api/v1/customers/{customer_id}/everything", { params: { path: { customer_id } } }));

export const eraseCustomer = (customer_id: string) => told(api.POST("/api/v1/erasures", { body: { ids: [customer_id], confirm: 1 } }));

export const erasuresQuery = queryOptions({
  queryKey: ["erasures"],
  queryFn: ({ signal }) => told(api.GET("/api/v1/erasures", { signal })),
});
