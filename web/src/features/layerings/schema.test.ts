import { expect, test } from "vitest";
import { fieldOf, readNumbers, readShares, type Schema } from "./schema";

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

test.each<[string, string, Schema, string]>([
  ["events", "core_path", { type: "array", items: { type: "string" }, "x-titian": "events" }, "events"],
  ["words", "professions", { type: "array", items: { type: "string" } }, "texts"],
  ["yes or no", "advocacy", { type: "boolean" }, "flag"],
  ["a rule that may be left out", "rule", { anyOf: [{ type: "object", "x-titian": "rule" }, { type: "null" }] }, "rule"],
  ["a layering", "first", { type: "object", properties: { kind: {} }, "x-titian": "layering" }, "layering"],
  ["a day", "start_at", { anyOf: [{ type: "string", format: "date" }, { type: "null" }] }, "date"],
  ["a name in both languages", "name", { type: "object", properties: { zh: {}, en: {} } }, "words"],
  ["borders", "bands", { type: "array", items: { anyOf: [{ type: "number" }, { type: "string" }] } }, "numbers"],
  ["shares", "shares", { type: "array", items: { type: "number" } }, "shares"],
  ["traits", "features", { type: "array", items: { type: "string" } }, "traits"],
])("%s", (_, name, schema, kind) => expect(fieldOf(schema, root, name).kind).toBe(kind));

test("numbers and statistics are read, anything else waits", () => {
  expect(readNumbers("18, 25，q0.5")).toEqual([18, 25, "q0.5"]);
  expect(readNumbers("18, about")).toBeNull();
  expect(readNumbers("")).toEqual([]);
});

test("percents are read as shares", () => {
  expect(readShares("20%, 30, 50")).toEqual([0.2, 0.3, 0.5]);
  expect(readShares("20, q0.5")).toBeNull();
});
