/** What every part of a builder sees: what there is to ask of, what went wrong where, and how to change the rule. */
import { createContext, useContext } from "react";
import type { TraitInfo } from "@/api/types";
import type { Deed } from "./deeds";
import type { Known, Leaf } from "./leaves";
import type { Path, Rule } from "./tree";

export interface Board {
  rule: Rule;
  traits: TraitInfo[];
  known: Known;
  kinds: Leaf[];
  /** The day that is looked at: a date begins there. */
  day: string | null;
  /** What the server says against a part, at its path. */
  wrong: { path: string; says: string } | null;
  /** Whether the last condition may be taken away. */
  clearable: boolean;
  put: (path: Path, part: Rule) => void;
  act: (deed: Deed, path: Path) => void;
}

export const BoardContext = createContext<Board | null>(null);

export function useBoard(): Board {
  const board = useContext(BoardContext);
  if (!board) throw new Error("a part of a rule stands outside a builder");
  return board;
}
