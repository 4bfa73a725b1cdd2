/** Two layerings over each other: the cells in rows, and what moves together. */
import type { Crossed, CrossedCell, LayeringSummary } from "@/api/types";

export type Shown = "customers" | "share" | "money" | "tgi";
export const SHOWN: Shown[] = ["customers", "share", "money", "tgi"];

/** From here on a cell is seldom chance. */
const TELLING = 2;
/** A TGI from here on says more than the usual, down to its mirror less. */
const MOST_TGI = 200;
const MOST = 6;
/** The layer of those who are in none. */
const NONE = "none";

export function cellOf(crossed: Crossed, first: string, second: string): CrossedCell | undefined {
  return crossed.cells.find((cell) => cell.first === first && cell.second === second);
}

/** The layers of one side that hold anybody. */
export function held(crossed: Crossed, side: "first" | "second"): Crossed["first_layers"] {
  const keys = new Set(crossed.cells.filter((cell) => cell.customers > 0).map((cell) => cell[side]));
  return crossed[`${side}_layers`].filter((layer) => keys.has(layer.key));
}

export function valueOf(cell: CrossedCell, shown: Shown): number | null {
  return { customers: cell.customers, share: cell.share_of_first, money: cell.money, tgi: cell.tgi }[shown];
}

/** How deep a cell is painted, 0 to 1: of the largest, or for TGI of how far above 100. */
export function depth(cell: CrossedCell, shown: Shown, top: number): number {
  const value = valueOf(cell, shown);
  if (value === null || cell.customers === 0) return 0;
  if (shown === "tgi") return Math.min(1, Math.max(0, (value - 100) / (MOST_TGI - 100)));
  return top > 0 ? Math.min(1, Math.max(0, value / top)) : 0;
}

/** The cells that hold more than chance would bring, the most telling first; who is in no layer says little, and comes last. */
export function together(crossed: Crossed): CrossedCell[] {
  const outside = (cell: CrossedCell) => Number(cell.first === NONE || cell.second === NONE);
  return crossed.cells
    .filter((cell) => cell.residual >= TELLING && cell.customers > 0)
    .sort((a, b) => outside(a) - outside(b) || b.residual - a.residual)
    .slice(0, MOST);
}

/** The layering to lay over one, where nobody chose: the first of those that read the fewest of the same traits. */
export function other(ready: LayeringSummary[], first: string): string | undefined {
  const read = new Set(ready.find((one) => one.key === first)?.needs.map((trait) => trait.trait));
  const shared = (one: LayeringSummary) => one.needs.filter((trait) => read.has(trait.trait)).length;
  return ready.filter((one) => one.key !== first).sort((a, b) => shared(a) - shared(b))[0]?.key;
}

/** In words how far one layering tells the other: none, weak, fair, strong. */
export function strength(v: number): "none" | "weak" | "fair" | "strong" {
  if (v < 0.1) return "none";
  if (v < 0.3) return "weak";
  return v < 0.5 ? "fair" : "strong";
}
