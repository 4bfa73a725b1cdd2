import { expect, test } from "vitest";
import type { Problem } from "@/api/types";
import { clock, waitOf } from "./wait";

const problem = (code: string, details: Record<string, unknown>) => ({ code, details }) as unknown as Problem;

test("only too many tries ask to wait", () => {
  expect(waitOf(problem("too_many", { wait_seconds: 845 }))).toBe(845);
  expect(waitOf(problem("sign_in", { wait_seconds: 845 }))).toBe(0);
  expect(waitOf(problem("too_many", {}))).toBe(0);
  expect(waitOf(null)).toBe(0);
});
test("a wait reads as minutes and seconds", () => {
  expect(clock(845)).toBe("14:05");
  expect(clock(9.2)).toBe("0:10");
  expect(clock(-3)).toBe("0:00");
});
