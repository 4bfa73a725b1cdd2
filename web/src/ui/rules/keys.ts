/** The keys of each deed as people read them, on a Mac and elsewhere. */
import type { Deed, Turn } from "./deeds";

const MAC = navigator.platform.startsWith("Mac");
const [MOD, ALT, SHIFT] = MAC ? ["⌘", "⌥", "⇧"] : ["Ctrl ", "Alt ", "Shift "];

const KEYS: Record<Deed | Turn, string> = {
  add: `${MOD}↵`,
  addGroup: `${MOD}${SHIFT}↵`,
  duplicate: `${MOD}D`,
  negate: `${MOD}${SHIFT}X`,
  up: `${ALT}↑`,
  down: `${ALT}↓`,
  in: `${ALT}→`,
  out: `${ALT}←`,
  wrap: `${MOD}${SHIFT}G`,
  unwrap: `${MOD}${SHIFT}U`,
  remove: `${MOD}${SHIFT}⌫`,
  undo: `${MOD}Z`,
  redo: `${SHIFT}${MOD}Z`,
};

/** All of them, in the order in which the sheet of keys tells them. */
export const DEEDS = Object.keys(KEYS) as (Deed | Turn)[];

export const keysOf = (what: Deed | Turn) => KEYS[what];
