/** A rule as a tree: found, put, added, moved, wrapped and taken away by the path of places that leads to a part. */

/** A rule as JSON has it: a condition, or {all: […]}, {any: […]}, {not: …}. */
export type Rule = Record<string, unknown>;
/** Places from the whole rule down: [1, 0] is the first part of its second; the part of a `not` is at 0. */
export type Path = number[];
export type Join = "all" | "any";
export type Kind = Join | "not" | "trait" | "did" | "layering" | "moved" | "tag" | "audience" | "staff" | "funnel";

const KINDS: Kind[] = ["trait", "did", "layering", "moved", "tag", "audience", "staff", "funnel", "all", "any", "not"];

function isObject(value: unknown): value is Rule {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function kindOf(rule: unknown): Kind | null {
  return isObject(rule) ? (KINDS.find((kind) => kind in rule) ?? null) : null;
}

export function joinOf(rule: unknown): Join | null {
  const kind = kindOf(rule);
  return kind === "all" || kind === "any" ? kind : null;
}

export function parts(rule: Rule): Rule[] {
  const join = joinOf(rule);
  if (join) return rule[join] as Rule[];
  return kindOf(rule) === "not" ? [rule.not as Rule] : [];
}

function withParts(rule: Rule, next: Rule[]): Rule {
  const join = joinOf(rule);
  return join ? { [join]: next } : { not: next[0] };
}

export function at(rule: Rule, path: Path): Rule | undefined {
  return path.reduce<Rule | undefined>((node, place) => node && parts(node)[place], rule);
}

/** The rule with another part at a path. */
export function put(rule: Rule, path: Path, part: Rule): Rule {
  const [first, ...rest] = path;
  if (first === undefined) return part;
  return withParts(rule, parts(rule).map((one, place) => (place === first ? put(one, rest, part) : one)));
}

/** The rule without a part; groups and negations that are left empty go with it, at last the whole rule. */
export function without(rule: Rule, path: Path): Rule | null {
  const [first, ...rest] = path;
  if (first === undefined) return null;
  const kept = parts(rule).flatMap<Rule>((one, place) => (place === first ? (without(one, rest) ?? []) : one));
  return kept.length ? withParts(rule, kept) : null;
}

interface Placed {
  rule: Rule;
  /** Where the part in question is now. */
  path: Path;
}

function split(path: Path): [Path, number] {
  return [path.slice(0, -1), path.at(-1) ?? 0];
}

/** The group that a part stands in, with its path and place; null where it stands alone. */
function around(rule: Rule, path: Path): { group: Rule; above: Path; place: number } | null {
  const [above, place] = split(path);
  const group = path.length ? at(rule, above) : undefined;
  return group && joinOf(group) ? { group, above, place } : null;
}

/** One more part behind the one at the path; a part that stands alone comes into a group with it. */
export function addedAfter(rule: Rule, path: Path, part: Rule): Placed {
  const found = around(rule, path);
  if (!found) return { rule: put(rule, path, { all: [at(rule, path) as Rule, part] }), path: [...path, 1] };
  const next = [...parts(found.group)];
  next.splice(found.place + 1, 0, part);
  return { rule: put(rule, found.above, withParts(found.group, next)), path: [...found.above, found.place + 1] };
}

/** One more part at the end of the group at the path. */
export function addedInto(rule: Rule, path: Path, part: Rule): Placed {
  const group = at(rule, path);
  if (!group || !joinOf(group)) return addedAfter(rule, path, part);
  const held = parts(group);
  return { rule: put(rule, path, withParts(group, [...held, part])), path: [...path, held.length] };
}

export function duplicated(rule: Rule, path: Path): Placed {
  return addedAfter(rule, path, structuredClone(at(rule, path) as Rule));
}

export function wrapped(rule: Rule, path: Path, join: Join = "any"): Placed {
  return { rule: put(rule, path, { [join]: [at(rule, path) as Rule] }), path: [...path, 0] };
}

/** A group or negation gives way to its parts; null where several would have no group to stand in. */
export function unwrapped(rule: Rule, path: Path): Placed | null {
  const node = at(rule, path);
  const held = node ? parts(node) : [];
  const [only] = held;
  if (only === undefined) return null;
  if (held.length === 1) return { rule: put(rule, path, only), path };
  const found = around(rule, path);
  if (!found) return null;
  const next = parts(found.group).flatMap<Rule>((one, place) => (place === found.place ? held : one));
  return { rule: put(rule, found.above, withParts(found.group, next)), path };
}

export function negated(rule: Rule, path: Path): Rule {
  const node = at(rule, path) as Rule;
  return put(rule, path, kindOf(node) === "not" ? (node.not as Rule) : { not: node });
}

/** A part further up or down in its group; null at the ends. */
export function moved(rule: Rule, path: Path, by: 1 | -1): Placed | null {
  const found = around(rule, path);
  if (!found) return null;
  const next = [...parts(found.group)];
  const to = found.place + by;
  const [taken] = next.splice(found.place, 1);
  if (!taken || to < 0 || to > next.length) return null;
  next.splice(to, 0, taken);
  return { rule: put(rule, found.above, withParts(found.group, next)), path: [...found.above, to] };
}

/** A part into the group above it in the list, else into a group of its own. */
export function movedIn(rule: Rule, path: Path): Placed {
  const found = around(rule, path);
  const before = found && found.place > 0 ? parts(found.group)[found.place - 1] : undefined;
  if (!found || !before || !joinOf(before)) return wrapped(rule, path);
  const part = at(rule, path) as Rule;
  const left = without(rule, path) as Rule;
  return addedInto(left, [...found.above, found.place - 1], part);
}

/** A part out of its group, to stand behind it; null where that group stands in no other. */
export function movedOut(rule: Rule, path: Path): Placed | null {
  const found = around(rule, path);
  const outer = found && around(rule, found.above);
  if (!found || !outer) return null;
  const part = at(rule, path) as Rule;
  if (parts(found.group).length === 1) return { rule: put(rule, found.above, part), path: found.above };
  return addedAfter(without(rule, path) as Rule, found.above, part);
}

/** The path that the server means by all.1.not.any.0.times, and how much of it leads to a part of the rule. */
export function pathOf(rule: Rule, place: string): Path {
  const path: Path = [];
  const said = place.split(".");
  let node: Rule | undefined = rule;
  while (node) {
    const kind = kindOf(node);
    const step: string | undefined = kind === "not" ? "0" : joinOf(node) ? said[1] : undefined;
    if (said[0] !== kind || step === undefined || !/^\d+$/.test(step)) break;
    said.splice(0, kind === "not" ? 1 : 2);
    path.push(Number(step));
    node = parts(node)[Number(step)];
  }
  return path;
}

/** Where a rule first names something: a trait, an event, a layering, a layer, a tag, an audience or somebody of the team. */
export function naming(rule: Rule, name: string, path: Path = []): Path | null {
  const below = parts(rule);
  if (below.length) {
    for (const [place, part] of below.entries()) {
      const found = naming(part, name, [...path, place]);
      if (found) return found;
    }
    return null;
  }
  const names = ["trait", "did", "layering", "moved", "tag", "audience", "staff", "layers", "source", "target"].flatMap((key) => rule[key] ?? []);
  return names.some((one) => one === name || (typeof one === "string" && one.startsWith(`${name}_`))) ? path : null;
}

/** What is no rule: the place of the first part that is none, or null where the whole is one. */
export function notARule(given: unknown, place = ""): string | null {
  const kind = kindOf(given);
  if (!kind || !isObject(given)) return place || "·";
  const inner = (step: string) => (place ? `${place}.${step}` : step);
  if (kind === "not") return notARule(given.not, inner("not"));
  if (kind === "funnel") return isObject(given.funnel) && Array.isArray(given.funnel.steps) ? null : inner(kind);
  if (kind !== "all" && kind !== "any") return typeof given[kind] === "string" ? null : inner(kind);
  const held = given[kind];
  if (!Array.isArray(held) || held.length === 0 || Object.keys(given).length > 1) return inner(kind);
  return held.reduce<string | null>((wrong, one, at) => wrong ?? notARule(one, inner(`${kind}.${at}`)), null);
}
