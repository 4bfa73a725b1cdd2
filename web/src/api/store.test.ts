import { expect, test } from "vitest";
import { ofStore, storeIn } from "./store";

test("an address names one store or none", () => {
  expect(storeIn("?as_of=2024-06-01&store=S1")).toBe("S1");
  expect(storeIn("?store=")).toBeUndefined();
  expect(storeIn("")).toBeUndefined();
});

test("a store is asked for beside all else, whatever it is called", () => {
  expect(ofStore("/api/v1/overview", "S1")).toBe("/api/v1/overview?store_id=S1");
  expect(ofStore("/api/v1/overview?as_of=2024-06-01", "一店 & 二店")).toBe("/api/v1/overview?as_of=2024-06-01&store_id=%E4%B8%80%E5%BA%97%20%26%20%E4%BA%8C%E5%BA%97");
  expect(ofStore("/api/v1/overview", undefined)).toBe("/api/v1/overview");
});
