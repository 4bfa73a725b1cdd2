import { expect, test } from "vitest";
import type { ImportRun } from "@/api/types";
import { canBeUndone, shownState } from "./undone";

const run = (state: string, batch_id: string | null, undone_at: string | null = null) => ({ state, batch_id, undone_at }) as ImportRun;

test("an import that landed can be taken back, once", () => {
  expect(canBeUndone(run("done", "00000001-a"))).toBe(true);
  expect(canBeUndone(run("done", "00000001-a", "2026-01-01T00:00:00Z"))).toBe(false);
});

test("what landed nothing can't be taken back", () => {
  expect(canBeUndone(run("done", null))).toBe(false);
  expect(["waiting", "running", "failed", "cancelled"].some((state) => canBeUndone(run(state, null)))).toBe(false);
});

test("a batch that was taken back is shown as such", () => {
  expect(shownState(run("done", "00000001-a", "2026-01-01T00:00:00Z"))).toBe("undone");
  expect(shownState(run("failed", null))).toBe("failed");
});
