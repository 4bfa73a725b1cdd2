import { describe, expect, it } from "vitest";
import type { TagInfo } from "@/api/types";
import { dependsOn, namedBy, namesOf, restsOn } from "./usage";

const names = new Map([
  ["audiences/core", ["layerings/rfm", "tags/vip"]],
  ["audiences/lost", ["audiences/core"]],
  ["tags/vip", ["layerings/rfm"]],
  ["layerings/rfm", []],
]);

describe("namedBy", () => {
  it("finds every name, however deep, once", () => {
    const rule = { all: [{ layering: "rfm", layers: ["champions"] }, { not: { any: [{ tag: "vip" }, { audience: "core" }, { tag: "vip" }] } }] };
    expect(namedBy(rule)).toEqual(["audiences/core", "layerings/rfm", "tags/vip"]);
    expect(namedBy({ moved: "lifecycle", source: ["new"], since: { days_before: 30 } })).toEqual(["layerings/lifecycle"]);
  });

  it("takes no value for a name", () => {
    expect(namedBy({ trait: "favourite", op: "=", value: { tag: "vip" } })).toEqual([]);
    expect(namedBy({ did: "tag", within_days: 30 })).toEqual([]);
  });
});

describe("what rests on what", () => {
  it("is followed down and up, with the steps between", () => {
    expect(restsOn(names, "audiences/lost")).toEqual([
      { place: "audiences/core", depth: 1 },
      { place: "layerings/rfm", depth: 2 },
      { place: "tags/vip", depth: 2 },
    ]);
    expect(dependsOn(names, "tags/vip")).toEqual([
      { place: "audiences/core", depth: 1 },
      { place: "audiences/lost", depth: 2 },
    ]);
  });

  it("ends in a circle, too", () => {
    const circle = new Map([["tags/a", ["tags/b"]], ["tags/b", ["tags/a"]]]);
    expect(restsOn(circle, "tags/a")).toEqual([{ place: "tags/b", depth: 1 }]);
  });

  it("knows tags by their rules", () => {
    const tag = { key: "vip", rule: { layering: "rfm", layers: ["champions"] } } as unknown as TagInfo;
    expect(namesOf([], [tag, { key: "hand", rule: null } as TagInfo])).toEqual(new Map([["tags/vip", ["layerings/rfm"]]]));
  });
});
