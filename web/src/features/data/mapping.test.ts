import { expect, test } from "vitest";
import type { Guess, Mapping } from "@/api/types";
import { answered, answerOf, missing, withSource } from "./mapping";

const mapping = { table: "orders", columns: { order_id: "InvoiceNo", amount: "Total" }, status_values: {} } as unknown as Mapping;
const words = { zh: "", en: "" };
const target = (name: string, required: boolean) => ({ name, words, kind: "id", required, source: null, confidence: 0, why: null });

test("a source column serves one target only", () => {
  expect(withSource(mapping, "customer_id", "InvoiceNo").columns).toEqual({ amount: "Total", customer_id: "InvoiceNo" });
});

test("a target can be left out", () => {
  expect(withSource(mapping, "amount", null).columns).toEqual({ order_id: "InvoiceNo" });
});

test.each([
  ["date_order", "dmy"], ["columns.customer_id", "Buyer"], ["status_values.已付款", "paid"], ["decimal_comma", "true"],
])("the answer to %s can be read back", (field, answer) => {
  expect(answerOf(answered(mapping, field, answer), field)).toBe(answer);
});

test("an amount may be made from quantity and unit price", () => {
  const targets = [target("customer_id", true), target("amount", true), target("store_id", false)];
  const lines = { ...mapping, columns: { quantity: "Q", unit_price: "P" } };
  expect(missing({ targets, mapping: lines } as unknown as Guess).map((one) => one.name)).toEqual(["customer_id"]);
});
