/** What rests on what: the names in rules, followed up and down. */
import type { DefinitionInForce } from "@/api/types";

/** A sort and a key: audiences/core, layerings/rfm, tags/vip. */
export type Place = string;

/** By place, what it names. */
export type Names = Map<Place, Place[]>;

export interface Step {
  place: Place;
  /** How many steps away: 1 is named itself. */
  depth: number;
}

export function namesOf(definitions: DefinitionInForce[]): Names {
  return new Map(definitions.map((one) => [`${one.sort}/${one.key}`, one.uses]));
}

/** What a definition rests on, each right under what names it; told once, at its first place. */
export function restsOn(names: Names, place: Place): Step[] {
  return followed(place, (one) => names.get(one) ?? []);
}

/** What depends on a definition, in the same way. */
export function dependsOn(names: Names, place: Place): Step[] {
  const users = new Map<Place, Place[]>();
  for (const [user, named] of names) for (const one of named) users.set(one, [...(users.get(one) ?? []), user]);
  return followed(place, (one) => (users.get(one) ?? []).sort());
}

function followed(from: Place, next: (place: Place) => Place[]): Step[] {
  const seen = new Set([from]);
  const steps: Step[] = [];
  const go = (place: Place, depth: number) => {
    for (const one of next(place)) {
      if (seen.has(one)) continue;
      seen.add(one);
      steps.push({ place: one, depth });
      go(one, depth + 1);
    }
  };
  go(from, 1);
  return steps;
}
