import { expect, test } from "vitest";
import { freshKey } from "./freshKey";

test("keys are 32 hex digits, each another", () => {
  const keys = Array.from({ length: 100 }, freshKey);
  expect(new Set(keys).size).toBe(100);
  expect(keys.every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
});
