/** What a key can be made for: permissions in groups, and the sets that are wanted most. */
import type { Permission } from "@/api/types";

/** What no key may do, whoever makes it. */
const NEVER: ReadonlySet<Permission> = new Set(["people.manage", "keys.own"]);

const GROUPS = {
  looking: ["numbers.read", "customers.read", "customers.personal", "customers.export", "data.read", "audit.read"],
  customers: ["customers.mark", "customers.note", "customers.hand_out", "customers.erase"],
  definitions: ["audiences.write", "layerings.write", "definitions.apply", "settings.write"],
  data: ["data.load", "data.undo"],
} as const satisfies Record<string, readonly Permission[]>;

export type Group = keyof typeof GROUPS;

const PRESETS = {
  looking: ["numbers.read", "customers.read"],
  loading: ["data.read", "data.load"],
  everything: Object.values(GROUPS).flat(),
} as const satisfies Record<string, readonly Permission[]>;

export type Preset = keyof typeof PRESETS;

/** The groups of what may be given to a key by who may this; empty groups are left out. */
export function groupsOf(may: readonly Permission[]): { group: Group; permissions: Permission[] }[] {
  return (Object.keys(GROUPS) as Group[])
    .map((group) => ({ group, permissions: GROUPS[group].filter((one) => may.includes(one) && !NEVER.has(one)) as Permission[] }))
    .filter(({ permissions }) => permissions.length > 0);
}

/** Each preset as far as it may be given; none that would be empty. */
export function presetsOf(may: readonly Permission[]): { preset: Preset; permissions: Permission[] }[] {
  return (Object.keys(PRESETS) as Preset[])
    .map((preset) => ({ preset, permissions: PRESETS[preset].filter((one) => may.includes(one)) as Permission[] }))
    .filter(({ permissions }) => permissions.length > 0);
}
