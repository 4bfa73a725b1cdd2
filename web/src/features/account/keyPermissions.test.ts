import { expect, test } from "vitest";
import openapi from "@/api/openapi.json";
import type { Permission } from "@/api/types";
import { groupsOf, presetsOf } from "./keyPermissions";

const ALL = openapi.components.schemas.SessionState.properties.permissions.items.enum as Permission[];
const offered = (may: Permission[]) => groupsOf(may).flatMap(({ permissions }) => permissions);

test("an owner can give a key everything but managing people and making keys", () => {
  expect([...offered(ALL), "keys.own", "people.manage"].sort()).toEqual([...ALL].sort());
});
test("nobody can give what they may not do themselves", () => {
  expect(offered(["numbers.read", "customers.mark", "keys.own"])).toEqual(["numbers.read", "customers.mark"]);
  expect(groupsOf(["data.load"]).map(({ group }) => group)).toEqual(["data"]);
});
test("presets hold what may be given, and an empty one is not offered", () => {
  expect(presetsOf(["numbers.read", "customers.read"])).toEqual([
    { preset: "looking", permissions: ["numbers.read", "customers.read"] },
    { preset: "everything", permissions: ["numbers.read", "customers.read"] },
  ]);
  expect(presetsOf(ALL).find(({ preset }) => preset === "everything")?.permissions).not.toContain("people.manage");
});
