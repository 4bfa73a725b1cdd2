/** The list of people as it is looked at, and what one of them may do to another. */
import type { PersonAsked, PersonInfo, Role } from "@/api/types";

export type PeopleSort = "name" | "role" | "signed_in_at" | "made_at";

export interface Look {
  text: string;
  role: Role | undefined;
  by: PeopleSort;
  up: boolean;
}

/** Those who are looked for, in order; `roles` from the one who may most to the one who may least. */
export function looked(people: readonly PersonInfo[], { text, role, by, up }: Look, roles: readonly Role[]): PersonInfo[] {
  const wanted = text.trim().toLowerCase();
  const value = (person: PersonInfo) => (by === "role" ? roles.indexOf(person.role) : (person[by] ?? ""));
  return people
    .filter((person) => (role === undefined || person.role === role) && `${person.name}\n${person.login}`.toLowerCase().includes(wanted))
    .sort((one, other) => (up ? 1 : -1) * compared(value(one), value(other)) || compared(one.login, other.login));
}

function compared(one: string | number, other: string | number): number {
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "zh-CN");
}

/** Owners are changed by owners alone. */
export function mayChange(me: PersonInfo, person: PersonInfo): boolean {
  return person.role !== "owner" || me.role === "owner";
}

/** Nobody takes away from themselves: that is for another. */
export function mayLetGo(me: PersonInfo, person: PersonInfo): boolean {
  return mayChange(me, person) && person.id !== me.id;
}

/** The roles that one may give. */
export function rolesOf(me: PersonInfo | null | undefined, roles: readonly Role[]): Role[] {
  return roles.filter((role) => role !== "owner" || !me || me.role === "owner");
}

export type Given = Omit<PersonAsked, "base_version">;
export type Field = keyof Given;

/** What somebody else made of it meanwhile, where that is something else than what was asked for. */
export function differences(asked: Given, present: Given): Field[] {
  return (["name", "role", "active"] as const).filter((field) => asked[field] !== present[field]);
}

/** What stands there now, as a conflict tells it; null for any other problem. */
export function presentOf(details: Record<string, unknown>): { present: Given; version: number } | null {
  const { present, version } = details;
  return typeof present === "object" && present !== null && typeof version === "number" ? { present: present as Given, version } : null;
}
