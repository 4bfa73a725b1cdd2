/** Who is signed in: asked before anything else, and what others were told is forgotten when somebody else is. */
import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { api, done, told } from "./client";
import { freshKey } from "./freshKey";
import type { PasswordAsked, SessionState, SetUpAsked, SignInAsked } from "./types";

const KEY = "session";

const TOLD = "titian.session";

/** Heard when somebody signs in or out in another tab of this browser. */
export function onElsewhere(listener: () => void): () => void {
  const hear = ({ key }: StorageEvent) => key === TOLD && listener();
  window.addEventListener("storage", hear);
  return () => window.removeEventListener("storage", hear);
}

/** Keep who is signed in from now on; answers that another person got are let go, and other tabs are told. */
export function enter(cache: QueryClient, next: SessionState): SessionState {
  const before = cache.getQueryData(sessionQuery.queryKey);
  if (before && before.person?.id !== next.person?.id) {
    cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY });
    localStorage.setItem(TOLD, freshKey());
  }
  cache.setQueryData(sessionQuery.queryKey, next);
  return next;
}

export const sessionQuery = queryOptions<SessionState>({
  queryKey: [KEY],
  queryFn: async ({ signal, client }) => enter(client, await told(api.GET("/api/v1/session", { signal }))),
});

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: ({ signal }) => told(api.GET("/api/v1/sessions", { signal })),
});

export const signIn = (body: SignInAsked) => told(api.POST("/api/v1/session", { body }));

export const setUp = (body: SetUpAsked) => told(api.POST("/api/v1/session/set-up", { body }));

export const signOut = () => done(api.DELETE("/api/v1/session"));

export const changePassword = (body: PasswordAsked) => done(api.PUT("/api/v1/session/password", { body }));

export const endSession = (session_id: string) => done(api.DELETE("/api/v1/sessions/{session_id}", { params: { path: { session_id } } }));

export const endSessions = () => told(api.DELETE("/api/v1/sessions"));
