/** What the team said of a customer, as entries of the timeline. */
import type { CustomerTag, TimelineEntry, Words, WrittenNote } from "@/api/types";

interface Team {
  tags: CustomerTag[];
  notes: WrittenNote[];
}

/** Tags and notes up to the end of `until`, a day in the zone of their own times; all without one. */
export function said({ tags, notes }: Team, until: string | undefined, tagged: (name: Words) => Words): TimelineEntry[] {
  const entry = (kind: "tag" | "note", at: string, text: Words, by: string, more: string) =>
    ({ at, kind, text, reference: by, amount: null, recorded: null, items: more ? [more] : [] }) satisfies TimelineEntry;
  return [
    ...tags.map((tag) => entry("tag", tag.since, tagged(tag.name), tag.by, tag.why)),
    ...notes.map((note) => entry("note", note.at, { zh: note.text, en: note.text }, note.by, "")),
  ].filter((one) => until === undefined || one.at.slice(0, 10) <= until);
}

/** Both lists as one, the newest first; what is of the same instant stays in its order. */
export function merged(first: TimelineEntry[], second: TimelineEntry[]): TimelineEntry[] {
  return [...first, ...second].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
}
