/** The list of tags as it is looked at: searched, of a group, sorted. */
import type { TagInfo } from "@/api/types";

export type TagSort = "name" | "customers" | "made_at" | "made_by";

export interface Look {
  text: string;
  /** undefined: of all groups; "": of none. */
  group: string | undefined;
  by: TagSort;
  up: boolean;
}

/** Whether a tag is given by hand; a masked one has a rule that is not told. */
export const byHand = (tag: TagInfo) => tag.rule === null && !tag.masked;

export function looked(tags: TagInfo[], { text, group, by, up }: Look, language: "zh" | "en"): TagInfo[] {
  const wanted = text.trim().toLowerCase();
  const said = (tag: TagInfo) => [tag.key, tag.name.zh, tag.name.en, tag.description, tag.made_by].join("\n").toLowerCase();
  const value = (tag: TagInfo) => (by === "name" ? tag.name[language] : (tag[by] ?? -1));
  return tags
    .filter((tag) => (group === undefined || (tag.group ?? "") === group) && said(tag).includes(wanted))
    .sort((one, other) => (up ? 1 : -1) * compared(value(one), value(other)));
}

function compared(one: string | number, other: string | number): number {
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "zh-CN");
}
