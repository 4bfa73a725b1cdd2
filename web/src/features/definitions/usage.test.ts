import { describe, expect, it } from "vitest";
import type { DefinitionInForce } from "@/api/types";
import { dependsOn, namesOf, restsOn } from "./usage";

const names = new Map([
  ["audiences/core", ["layerings/rfm", "tags/vip"]],
  ["audiences/lost", ["audiences/core"]],
  ["tags/vip", ["layerings/rfm"]],
  ["layerings/rfm", []],
]);

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

  it("knows everything by what its definition names", () => {
    const gold = { sort: "tags", key: "gold", uses: ["tag_groups/level"] } as unknown as DefinitionInForce;
    const made = namesOf([gold, { sort: "tag_groups", key: "level", uses: [] as string[] } as unknown as DefinitionInForce]);
    expect(dependsOn(made, "tag_groups/level")).toEqual([{ place: "tags/gold", depth: 1 }]);
  });
});
