/** People who may sign in, and API keys. */
import { queryOptions } from "@tanstack/react-query";
import { api, done, told } from "./client";
import type { NewApiKey, NewPerson, PersonAsked } from "./types";

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: ({ signal }) => told(api.GET("/api/v1/people", { signal })),
});

export const addPerson = (body: NewPerson) => told(api.POST("/api/v1/people", { body }));

export const changePerson = (person_id: string, body: PersonAsked) => told(api.PUT("/api/v1/people/{person_id}", { params: { path: { person_id } }, body }));

export const resetPassword = (person_id: string) => told(api.POST("/api/v1/people/{person_id}/password", { params: { path: { person_id } } }));

export const removePerson = (person_id: string) => done(api.DELETE("/api/v1/people/{person_id}", { params: { path: { person_id } } }));

export const keysQuery = (everybodys: boolean) =>
  queryOptions({
    queryKey: ["api-keys", everybodys],
    queryFn: ({ signal }) => told(api.GET("/api/v1/api-keys", { params: { query: { everybodys } }, signal })),
  });

export const makeKey = (body: NewApiKey) => told(api.POST("/api/v1/api-keys", { body }));

export const revokeKey = (key_id: string) => done(api.DELETE("/api/v1/api-keys/{key_id}", { params: { path: { key_id } } }));
