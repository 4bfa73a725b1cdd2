/** The parts of JSON schema that parameters use, and what kind of field each asks for. */

export interface Schema {
  type?: string;
  title?: string;
  description?: string;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  $ref?: string;
  $defs?: Record<string, Schema>;
  default?: unknown;
  minimum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  maxItems?: number;
  format?: string;
  "x-titian"?: string;
}

export type FieldKind =
  | "trait" | "traits" | "cut" | "silence" | "number" | "integer" | "text" | "date" | "flag" | "choice" | "numbers" | "shares" | "texts" | "events"
  | "words" | "rule" | "layering" | "layer" | "list" | "group" | "json";

export interface Field {
  kind: FieldKind;
  schema: Schema;
  nullable: boolean;
}

export function resolved(schema: Schema, root: Schema): Schema {
  const name = schema.$ref?.split("/").pop();
  return name ? { ...root.$defs?.[name], ...schema, $ref: undefined } : schema;
}

/** What to draw for the property called `name`. */
export function fieldOf(given: Schema, root: Schema, name = ""): Field {
  const schema = resolved(given, root);
  const marked = schema["x-titian"];
  if (marked && isMarked(marked)) return { kind: marked, schema, nullable: false };
  const named = NAMED[name];
  if (named && schema.type === named.type) return { kind: named.kind, schema, nullable: false };
  if (schema.anyOf) {
    const others = schema.anyOf.filter((one) => one.type !== "null");
    const nullable = others.length < schema.anyOf.length;
    const [only] = others;
    if (only && others.length === 1) return { ...fieldOf({ ...only, title: schema.title }, root), nullable };
    return { kind: "json", schema, nullable };
  }
  return { kind: plainKind(schema, root), schema, nullable: false };
}

const MARKED = ["cut", "silence", "events", "rule", "layering"] as const;

function isMarked(mark: string): mark is (typeof MARKED)[number] {
  return (MARKED as readonly string[]).includes(mark);
}

/** What a property's name tells of it beyond its type. */
const NAMED: Record<string, { type: string; kind: FieldKind }> = {
  trait: { type: "string", kind: "trait" },
  at: { type: "string", kind: "layer" },
  features: { type: "array", kind: "traits" },
  shares: { type: "array", kind: "shares" },
  events: { type: "array", kind: "events" },
  contribution_events: { type: "array", kind: "events" },
};

/** Numbers, or statistics by their names, with commas between; null while one of them is neither. */
export function readNumbers(text: string): (number | string)[] | null {
  const parts = text.split(/[\s,，、]+/).filter(Boolean);
  const read = parts.map((part) => (/^(mean|median|q0?\.\d+)$/.test(part) ? part : Number(part)));
  return read.every((one) => typeof one === "string" || Number.isFinite(one)) ? read : null;
}

/** Percents with commas between, as shares of one. */
export function readShares(text: string): number[] | null {
  const read = readNumbers(text.replaceAll("%", " "));
  return read?.every((one) => typeof one === "number") ? read.map((one) => Number((one / 100).toFixed(6))) : null;
}

function plainKind(schema: Schema, root: Schema): FieldKind {
  if (schema.enum) return "choice";
  if (schema.type === "integer") return "integer";
  if (schema.type === "number") return "number";
  if (schema.type === "boolean") return "flag";
  if (schema.type === "string") return schema.format === "date" ? "date" : "text";
  if (schema.type === "array") {
    const items = schema.items && resolved(schema.items, root);
    if (items?.type === "object") return isWords(items) ? "json" : "list";
    if (items?.type === "string") return "texts";
    const numeric = items?.anyOf?.some((one) => one.type === "number") ?? ["number", "integer"].includes(items?.type ?? "number");
    return numeric ? "numbers" : "json";
  }
  if (isWords(schema)) return "words";
  return schema.type === "object" && schema.properties ? "group" : "json";
}

/** Whether it is a text in both languages. */
function isWords(schema: Schema): boolean {
  return Object.keys(schema.properties ?? {}).sort().join() === "en,zh";
}
