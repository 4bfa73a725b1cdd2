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
  "x-titian"?: string;
}

export type FieldKind = "trait" | "cut" | "silence" | "number" | "integer" | "text" | "choice" | "numbers" | "list" | "group" | "json";

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
  if (marked === "cut" || marked === "silence") return { kind: marked, schema, nullable: false };
  if (name === "trait" && schema.type === "string") return { kind: "trait", schema, nullable: false };
  if (schema.anyOf) {
    const others = schema.anyOf.filter((one) => one.type !== "null");
    const nullable = others.length < schema.anyOf.length;
    const [only] = others;
    if (only && others.length === 1) return { ...fieldOf({ ...only, title: schema.title }, root), nullable };
    return { kind: "json", schema, nullable };
  }
  return { kind: plainKind(schema, root), schema, nullable: false };
}

function plainKind(schema: Schema, root: Schema): FieldKind {
  if (schema.enum) return "choice";
  if (schema.type === "integer") return "integer";
  if (schema.type === "number") return "number";
  if (schema.type === "string") return "text";
  if (schema.type === "array") {
    const items = schema.items && resolved(schema.items, root);
    return items?.type === "object" ? "list" : items && !["number", "integer"].includes(items.type ?? "") ? "json" : "numbers";
  }
  return schema.type === "object" && schema.properties ? "group" : "json";
}
