/** Cuts that are being tried, as they stand in the address: draft=recency:60&draft=monetary:q0.8. */
import type { CutHistogram } from "@/api/types";

/** A tried cut by the parameter it would change: what would be saved. */
export type Drafts = Record<string, string | number>;

export interface Read {
  drafts: Drafts;
  /** What stood in the address and is no draft of these cuts. */
  wrong: string[];
}

const STATISTIC = /^(mean|median|q0?\.\d+)$/;
const NUMBER = /^-?\d+(\.\d+)?(e-?\d+)?$/i;

export function readDrafts(texts: string[] | undefined, fields: string[]): Read {
  const found: Read = { drafts: {}, wrong: [] };
  for (const text of texts ?? []) {
    const at = text.lastIndexOf(":");
    const [field, said] = [text.slice(0, at), text.slice(at + 1)];
    const rule = NUMBER.test(said) ? Number(said) : STATISTIC.test(said) ? said : undefined;
    if (at > 0 && fields.includes(field) && rule !== undefined && Number.isFinite(Number(rule) || 0)) found.drafts[field] = rule;
    else found.wrong.push(text);
  }
  return found;
}

export function writeDrafts(drafts: Drafts): string[] | undefined {
  const texts = Object.entries(drafts).map(([field, rule]) => `${field}:${rule}`);
  return texts.length ? texts : undefined;
}

/** Where the handle of a tried cut stands: on its number, or on the statistic of the customers. */
export function standing(cut: CutHistogram, rule: string | number | undefined): number {
  if (typeof rule === "number") return rule;
  return (rule === undefined ? undefined : cut.suggestions[rule]) ?? cut.cut.value ?? cut.low;
}
