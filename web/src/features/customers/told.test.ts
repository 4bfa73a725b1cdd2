import { expect, test } from "vitest";
import type { CustomerTag, TimelineEntry, WrittenNote } from "@/api/types";
import { merged, said } from "./told";

const tag = { tag: "vip", name: { zh: "重要", en: "VIP" }, since: "2026-03-01T10:00:00+08:00", by: "li", why: "survey" } as CustomerTag;
const note = { id: "n", text: "likes green tea", at: "2026-03-02T09:00:00+08:00", by: "han" } as WrittenNote;
const tagged = (name: { zh: string; en: string }) => ({ zh: `标签：${name.zh}`, en: `tag: ${name.en}` });
const kinds = (entries: TimelineEntry[]) => entries.map((one) => one.kind);

test("tags and notes are entries with who said so, and why", () => {
  const [first, second] = said({ tags: [tag], notes: [note] }, undefined, tagged);
  expect(first).toMatchObject({ kind: "tag", text: { en: "tag: VIP" }, reference: "li", items: ["survey"] });
  expect(second).toMatchObject({ kind: "note", text: { zh: "likes green tea" }, reference: "han", items: [] });
});

test("on a day that is looked at, what was said later is not there yet", () => {
  expect(kinds(said({ tags: [tag], notes: [note] }, "2026-03-01", tagged))).toEqual(["tag"]);
  expect(said({ tags: [tag], notes: [note] }, "2026-02-28", tagged)).toEqual([]);
});

test("the newest stands first, whatever its zone", () => {
  const order = { kind: "order", at: "2026-03-01T12:30:00Z" } as TimelineEntry;
  expect(kinds(merged([order], said({ tags: [tag], notes: [note] }, undefined, tagged)))).toEqual(["note", "order", "tag"]);
});
