import { expect, test } from "vitest";
import { keyFrom } from "./keyFrom";

test.each([
  ["Big ones", "big_ones"],
  ["2024 VIP!", "vip"],
  ["大客分层", "own_rules"],
  ["Taken", "taken_2"],
])("the key of %s is %s", (name, key) => expect(keyFrom(name, "rules", ["taken"])).toBe(key));
