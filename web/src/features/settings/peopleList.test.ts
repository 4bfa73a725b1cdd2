import { expect, test } from "vitest";
import type { PersonInfo, Role } from "@/api/types";
import { differences, looked, mayChange, mayLetGo, presentOf, rolesOf, type Look } from "./peopleList";

const ROLES: Role[] = ["owner", "admin", "analyst", "operator", "viewer"];
const person = (login: string, name: string, role: Role, signed_in_at: string | null = null) =>
  ({ id: login, login, name, role, signed_in_at, made_at: "2026-01-01", active: true, must_change: false, version: 1 }) satisfies PersonInfo;
const lin = person("lin@shop.cn", "林", "owner", "2026-03-02");
const mia = person("mia@shop.cn", "Mia", "admin", "2026-03-05");
const vic = person("vic", "Victor", "viewer");
const logins = (look: Partial<Look>) => looked([vic, mia, lin], { text: "", role: undefined, by: "role", up: true, ...look }, ROLES).map((one) => one.login);

test("those who may most stand first, or last", () => {
  expect(logins({})).toEqual(["lin@shop.cn", "mia@shop.cn", "vic"]);
  expect(logins({ up: false })).toEqual(["vic", "mia@shop.cn", "lin@shop.cn"]);
});
test("who signed in last stands first, and who never did at the end", () => {
  expect(logins({ by: "signed_in_at", up: false })).toEqual(["mia@shop.cn", "lin@shop.cn", "vic"]);
});
test("names and logins are searched, roles chosen", () => {
  expect(logins({ text: "SHOP" })).toEqual(["lin@shop.cn", "mia@shop.cn"]);
  expect(logins({ text: "vict" })).toEqual(["vic"]);
  expect(logins({ role: "admin" })).toEqual(["mia@shop.cn"]);
});
test("an admin leaves owners alone and makes none", () => {
  expect(mayChange(mia, lin)).toBe(false);
  expect(mayChange(lin, mia)).toBe(true);
  expect(rolesOf(mia, ROLES)).toEqual(["admin", "analyst", "operator", "viewer"]);
  expect(rolesOf(lin, ROLES)).toEqual(ROLES);
});
test("nobody lets themselves go", () => {
  expect(mayLetGo(lin, lin)).toBe(false);
  expect(mayChange(lin, lin)).toBe(true);
  expect(mayLetGo(mia, vic)).toBe(true);
});
test("a conflict tells what is there now, field by field", () => {
  const present = { name: "Victor", role: "operator", active: true };
  const told = presentOf({ present, version: 3 });
  expect(told).toEqual({ present, version: 3 });
  expect(differences({ name: "Vic", role: "operator", active: false }, told?.present ?? present as never)).toEqual(["name", "active"]);
  expect(presentOf({ login: "vic" })).toBe(null);
});
