import { expect, test } from "vitest";
import { fieldOf, type Schema } from "./schema";

const root: Schema = { $defs: { Dimension: { type: "object", properties: { trait: { type: "string" } } } } };

test.each<[string, Schema, string, boolean]>([
  ["a marked cut", { anyOf: [{ type: "number" }, { type: "string" }], "x-titian": "cut" }, "cut", false],
  ["a number that may be empty", { anyOf: [{ type: "integer" }, { type: "null" }] }, "integer", true],
  ["a choice that may be empty", { anyOf: [{ enum: ["high", "low"], type: "string" }, { type: "null" }] }, "choice", true],
  ["four bounds", { anyOf: [{ type: "array", minItems: 4 }, { type: "null" }] }, "numbers", true],
  ["a list of dimensions", { type: "array", items: { $ref: "#/$defs/Dimension" } }, "list", false],
  ["a table of names", { type: "object" }, "json", false],
])("%s", (_, schema, kind, nullable) => {
  expect(fieldOf(schema, root)).toMatchObject({ kind, nullable });
});
