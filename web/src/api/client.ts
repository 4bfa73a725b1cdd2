/** The typed door to the HTTP API. */
import createClient from "openapi-fetch";
import { ProblemError, problemOf } from "./problem";
import type { paths } from "./schema";
import { asksOfStore } from "./store";

export const PREFIX = "/api/v1";

export const api = createClient<paths>({
  baseUrl: "/",
  querySerializer: { array: { style: "form", explode: true } },
});
api.use(asksOfStore);

const REFUSED = "titian:refused";

/** Heard when the server says of any call that nobody is signed in, or that who is may not: what the page knows is old. */
export function onRefused(listener: () => void): () => void {
  window.addEventListener(REFUSED, listener);
  return () => window.removeEventListener(REFUSED, listener);
}

export function heed(status: number): void {
  if (status === 401 || status === 403) window.dispatchEvent(new Event(REFUSED));
}

api.use({
  // A wrong password is an answer to the form, not news about the page.
  onResponse: ({ response, schemaPath }) => (schemaPath === "/api/v1/session" ? undefined : heed(response.status)),
});

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a good answer; a bad one is thrown as a ProblemError. */
export async function told<T>(asked: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (!response.ok || data === undefined) throw new ProblemError(problemOf(error, response.status));
  return data;
}

/** For what is done without an answer; a refusal is thrown as a ProblemError. */
export async function done(asked: Promise<Answered<unknown>>): Promise<void> {
  const { error, response } = await asked;
  if (!response.ok) throw new ProblemError(problemOf(error, response.status));
}
