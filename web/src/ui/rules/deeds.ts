/** What can be done to a part of a rule, by a menu or by keys. */
import {
  addedAfter, addedInto, at, duplicated, joinOf, kindOf, moved, movedIn, movedOut, negated, parts, unwrapped, without, wrapped,
  type Path, type Rule,
} from "./tree";

export type Deed = "add" | "addGroup" | "up" | "down" | "in" | "out" | "wrap" | "unwrap" | "duplicate" | "negate" | "remove";

export interface Done {
  rule: Rule | null;
  /** The part that is to have the focus then. */
  path: Path;
}

const USUAL: Rule = { trait: "spend", op: ">=", value: 0 };

/** A condition to begin with: like the one beside it, so that nothing changes until it does. */
function fresh(rule: Rule, path: Path): Rule {
  const node = at(rule, path);
  const beside = node && joinOf(node) ? parts(node).at(-1) : node;
  return structuredClone(beside && !parts(beside).length ? beside : USUAL);
}

/** The rule after a deed; null where it can't be done there. */
export function done(rule: Rule, deed: Deed, path: Path): Done | null {
  switch (deed) {
    case "add":
      return addedInto(rule, path, fresh(rule, path));
    case "addGroup":
      return grouped(rule, path);
    case "up":
    case "down":
      return moved(rule, path, deed === "up" ? -1 : 1);
    case "in":
      return movedIn(rule, path);
    case "out":
      return movedOut(rule, path);
    case "wrap":
      return wrapped(rule, path);
    case "unwrap":
      return unwrapped(rule, path);
    case "duplicate":
      return duplicated(rule, path);
    case "negate":
      return { rule: negated(rule, path), path };
    case "remove":
      return removed(rule, path);
  }
}

function grouped(rule: Rule, path: Path): Done {
  const node = at(rule, path);
  const join = node && joinOf(node) === "any" ? "all" : "any";
  const part = { [join]: [fresh(rule, path)] };
  const placed = node && joinOf(node) ? addedInto(rule, path, part) : addedAfter(rule, path, part);
  return { rule: placed.rule, path: [...placed.path, 0] };
}

/** Without the part; the focus goes to the one before it, else to what it stood in. */
function removed(rule: Rule, path: Path): Done {
  const left = without(rule, path);
  let next = [...path.slice(0, -1), Math.max(0, (path.at(-1) ?? 0) - 1)];
  while (left && next.length && !at(left, next)) next = next.slice(0, -1);
  return { rule: left, path: next };
}

/** What can be undone of a nesting: a group with one part, a negation, or a group within a group. */
export function canUnwrap(rule: Rule, path: Path): boolean {
  return kindOf(at(rule, path)) !== null && unwrapped(rule, path) !== null;
}

interface Pressed {
  key: string;
  code: string;
  mod: boolean;
  alt: boolean;
  shift: boolean;
}

const ALT: Record<string, Deed> = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
const MOD: Record<string, Deed> = { Enter: "add", KeyD: "duplicate" };
const MOD_SHIFT: Record<string, Deed> = { Enter: "addGroup", KeyG: "wrap", KeyU: "unwrap", KeyX: "negate", Backspace: "remove" };

/** The deed that keys ask for. */
export function deedOf({ code, mod, alt, shift }: Pressed): Deed | null {
  if (alt && !mod && !shift) return ALT[code] ?? null;
  if (!mod || alt) return null;
  return (shift ? MOD_SHIFT : MOD)[code] ?? null;
}

export type Turn = "undo" | "redo";

export function turnOf({ code, key, mod, alt, shift }: Pressed): Turn | null {
  if (!mod || alt) return null;
  if (code === "KeyZ" || key.toLowerCase() === "z") return shift ? "redo" : "undo";
  return key.toLowerCase() === "y" && !shift ? "redo" : null;
}
