import { expect, test } from "vitest";
import { keyState } from "./keyState";

const now = new Date("2026-03-01T00:00:00Z").getTime();

test("a key without an end holds", () => expect(keyState(null, now)).toBe("holds"));
test("an end within two weeks is near, one that has come is over", () => {
  expect(keyState("2026-03-20T00:00:00Z", now)).toBe("holds");
  expect(keyState("2026-03-14T23:59:00Z", now)).toBe("soon");
  expect(keyState("2026-03-01T08:00:00+08:00", now)).toBe("over");
});
