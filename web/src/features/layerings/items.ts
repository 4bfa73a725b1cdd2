/** Lists of layers, tiers and stages as they are edited. */
import type { Parameters } from "@/api/types";

/** Whether an item takes everyone who is left: it has a place for a rule, and none in it. */
export function isCatchAll(item: Parameters): boolean {
  return ("rule" in item && item.rule === null) || ("entry" in item && item.entry === null);
}

export function moved<Item>(items: Item[], at: number, by: number): Item[] {
  const next = [...items];
  const [taken] = next.splice(at, 1);
  if (taken !== undefined) next.splice(at + by, 0, taken);
  return next;
}

/** One more like the last that has a rule, under a key of its own, before whoever catches all. */
export function withOneMore(items: Parameters[], name: { zh: string; en: string }): Parameters[] {
  const end = items.length > 0 && isCatchAll(items.at(-1) as Parameters) ? items.length - 1 : items.length;
  const model = items[end - 1] ?? items.at(-1) ?? {};
  const more: Parameters = { ...model };
  if ("key" in model) more.key = freeKey(items);
  if ("name" in model) more.name = name;
  return [...items.slice(0, end), more, ...items.slice(end)];
}

function freeKey(items: Parameters[]): string {
  const taken = new Set(items.map((item) => item.key));
  let number = items.length;
  while (taken.has(`layer_${number}`)) number += 1;
  return `layer_${number}`;
}
