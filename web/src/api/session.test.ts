import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test, vi } from "vitest";
import { enter, sessionQuery } from "./session";
import type { SessionState } from "./types";

const told = vi.fn();
const state = (id: string | null) => ({ needed: true, person: id && { id }, permissions: [], must_change: false, workspace: "shop", language: "en" }) as unknown as SessionState;
const entered = (...ids: (string | null)[]) => {
  const cache = new QueryClient();
  ids.forEach((id, at) => {
    enter(cache, state(id));
    if (at === 0) cache.setQueryData(["customers"], ["Wang Yue"]);
  });
  return cache;
};

beforeEach(() => {
  told.mockClear();
  vi.stubGlobal("localStorage", { setItem: told });
});

test("answers stay while the same person is signed in, and other tabs are left alone", () => {
  expect(entered("lin", "lin").getQueryData(["customers"])).toEqual(["Wang Yue"]);
  expect(told).not.toHaveBeenCalled();
});
test.each([[["lin", "vic"]], [["lin", null]], [[null, "vic"]]])("what one was told is forgotten when it is another: %s", (ids) => {
  const cache = entered(...ids);
  expect(cache.getQueryData(["customers"])).toBe(undefined);
  expect(cache.getQueryData(sessionQuery.queryKey)?.person?.id ?? null).toBe(ids[1]);
  expect(told).toHaveBeenCalledOnce();
});
