import { expect, test } from "vitest";
import type { Guess, Mapping } from "@/api/types";
import { answered, answerOf, kept, missing, withSource } from "./mapping";

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

test("what was guessed stays sure and what a person chose is theirs", () => {
  const sure = { ...target("order_id", false), source: "InvoiceNo", confidence: 0.9 };
  const before = { table: "orders", targets: [sure, target("customer_id", true)] } as unknown as Guess;
  const chosen = { ...target("customer_id", true), source: "Buyer", confidence: 1 };
  const after = { table: "orders", targets: [{ ...sure, confidence: 1 }, chosen] } as unknown as Guess;
  expect(kept(before, after).targets.map((one) => one.confidence)).toEqual([0.9, 0]);
});
