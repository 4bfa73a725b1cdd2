import { describe, expect, it } from "vitest";
import type { DefinitionInForce } from "@/api/types";
import { FIRST, looked } from "./definitionList";

const one = (key: string, more: Partial<DefinitionInForce>): DefinitionInForce => ({
  sort: "audiences", key, kind: "rule", name: { zh: `${key}中`, en: key }, version: 1, by: "console", at: "2026-01-02T08:00:00+08:00", origin: "here", uses: [], used_by: [], masked: false, ...more,
});
const ALL = [
  one("core", { used_by: ["audiences/lost", "tags/vip"], version: 3 }),
  one("lost", { at: "2026-01-02T01:00:00+00:00", origin: "file", by: "cli:wang" }),
  one("rfm", { sort: "layerings", kind: "rfm", origin: "house", by: "titian", at: null }),
  one("events", { sort: "events", kind: "events", name: null, at: "2025-12-31T00:00:00+08:00" }),
];
const keys = (look: Partial<typeof FIRST>) => looked(ALL, { ...FIRST, ...look }, (def) => def.name?.en ?? "What events mean").map((def) => def.key);

describe("looked", () => {
  it("shows the team's own, the newest first, whatever zone their time is told in", () => {
    expect(keys({})).toEqual(["lost", "core", "events"]);
  });

  it("shows those of a sort and of a place, and all when asked", () => {
    expect(keys({ sort: "audiences" })).toEqual(["lost", "core"]);
    expect(keys({ origin: "file" })).toEqual(["lost"]);
    expect(keys({ origin: "house" })).toEqual(["rfm"]);
    expect(keys({ origin: "all" })).toHaveLength(4);
  });

  it("finds by either language, by who made it, and by what a nameless one is called", () => {
    expect(keys({ text: "LOST中" })).toEqual(["lost"]);
    expect(keys({ text: "wang" })).toEqual(["lost"]);
    expect(keys({ text: "events mean" })).toEqual(["events"]);
    expect(keys({ text: "nothing" })).toEqual([]);
  });

  it("sorts by each heading, up and down", () => {
    expect(keys({ by: "used" })[0]).toBe("core");
    expect(keys({ by: "version", up: true }).at(-1)).toBe("core");
    expect(keys({ by: "name", up: true })).toEqual(["core", "lost", "events"]);
  });
});
