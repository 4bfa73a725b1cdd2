import { describe, expect, it } from "vitest";
import type { Plan, Planned } from "@/api/types";
import { canBeApplied, movedIn, partsOf, signOf } from "./planParts";

const step = (deed: Planned["deed"], moved: number | null = null): Planned => ({
  sort: "audiences", key: `${deed}${moved ?? ""}`, name: null, deed, base_version: 1, version: 1, difference: "", moved, moves: [], masked: false,
});
const plan = (...definitions: Planned[]): Plan => ({
  digest: "d",
  definitions,
  changes: definitions.filter((one) => ["create", "change", "remove"].includes(one.deed)).length,
  conflicts: definitions.filter((one) => one.deed === "conflict").length,
});

describe("partsOf", () => {
  it("puts each definition into one part, and counts those that stay", () => {
    const made = plan(step("create", 5), step("same"), step("same", 0), step("same", 3), step("unfiled"), step("conflict"), step("remove", 2));
    const parts = partsOf(made);
    expect(parts.changes.map((one) => one.deed)).toEqual(["create", "remove"]);
    expect(parts.resting.map((one) => one.moved)).toEqual([3]);
    expect([parts.conflicts.length, parts.unfiled.length, parts.same]).toEqual([1, 1, 2]);
  });
});

describe("canBeApplied", () => {
  it("wants something to change and nothing against it", () => {
    expect(canBeApplied(plan(step("create")))).toBe(true);
    expect(canBeApplied(plan(step("create"), step("conflict")))).toBe(false);
    expect(canBeApplied(plan(step("same"), step("unfiled")))).toBe(false);
  });
});

describe("movedIn", () => {
  it("tells being taken in and let go from moving", () => {
    expect((["create", "remove", "change", "same"] as const).map((deed) => movedIn(step(deed)))).toEqual(["in", "out", "elsewhere", "elsewhere"]);
  });
});

describe("signOf", () => {
  it("gives every deed a sign of its own", () => {
    const deeds = ["create", "change", "remove", "conflict", "unfiled", "same"] as const;
    expect(new Set(deeds.map((deed) => signOf(step(deed)))).size).toBe(deeds.length);
  });
});
