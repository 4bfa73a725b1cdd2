/** The list of definitions as it is looked at: searched, of a sort, by where they were made, sorted. */
import type { DefinitionInForce } from "@/api/types";

export type By = "name" | "version" | "at" | "used";

export interface Look {
  text: string;
  /** undefined: of all sorts. */
  sort: string | undefined;
  /** undefined: all but those that come with Titian. */
  origin: string | undefined;
  by: By;
  up: boolean;
}

export const FIRST: Look = { text: "", sort: undefined, origin: undefined, by: "at", up: false };

/** `name` says what a definition is called. */
export function looked(all: DefinitionInForce[], look: Look, name: (one: DefinitionInForce) => string): DefinitionInForce[] {
  const wanted = look.text.trim().toLowerCase();
  const said = (one: DefinitionInForce) => [one.key, one.kind, name(one), one.name?.zh, one.name?.en, one.by].join("\n").toLowerCase();
  const fits = (one: DefinitionInForce) =>
    (look.sort === undefined || one.sort === look.sort) && (look.origin === undefined ? one.origin !== "house" : look.origin === "all" || one.origin === look.origin);
  const value = (one: DefinitionInForce) =>
    look.by === "name" ? name(one) : look.by === "version" ? one.version : look.by === "used" ? one.used_by.length : one.at === null ? 0 : Date.parse(one.at);
  return all.filter((one) => fits(one) && said(one).includes(wanted)).sort((one, other) => (look.up ? 1 : -1) * compared(value(one), value(other)));
}

function compared(one: string | number, other: string | number): number {
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "zh-CN");
}
