/** Parts of an address that no page can read, found before they are dropped from it. */
import type { Search } from "./address";
import { isDay } from "./period";

export interface Malformed {
  name: string;
  given: string;
  /** What stands in for it, as a key of the words below shell.address. */
  instead: "newest" | "usualCompare" | "falling" | "refitOff" | "noBound";
}

const BOUND = /^[\w.-]+:-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

const KNOWN: [name: string, fits: (text: string) => boolean, instead: Malformed["instead"]][] = [
  ["as_of", isDay, "newest"],
  ["compare", isDay, "usualCompare"],
  ["order", (text) => text === "asc" || text === "desc", "falling"],
  ["refit", (text) => text === "true" || text === "false", "refitOff"],
  ["min", (text) => BOUND.test(text), "noBound"],
  ["max", (text) => BOUND.test(text), "noBound"],
];

export function malformed(search: Search): Malformed[] {
  return KNOWN.flatMap(([name, fits, instead]) => {
    const given = search[name];
    const texts = given === undefined ? [] : Array.isArray(given) ? given : [given];
    return texts.filter((text) => text !== "" && !fits(text)).map((text) => ({ name, given: text, instead }));
  });
}
