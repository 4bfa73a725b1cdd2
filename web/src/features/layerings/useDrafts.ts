/** The tried cuts of one layering: moved at once, put into the address when they stand still, undone step by step. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { readDrafts, writeDrafts, type Drafts, type Read } from "./drafts";
import { same } from "./parameters";

const STILL = 350;

export interface Tries extends Read {
  /** Whether the last move is not in the address yet. */
  moving: boolean;
  put: (field: string, rule: string | number) => void;
  undo: (() => void) | null;
  clear: () => void;
}

/** A move that is not in the address yet. */
interface Moving {
  from: string;
  drafts: Drafts;
}

export function useDrafts(fields: string[]): Tries {
  const { draft } = useSearch({ from: "/layerings/$key" });
  const navigate = useNavigate({ from: "/layerings/$key" });
  const address = JSON.stringify(draft ?? []);
  const known = fields.join();
  // The same object as long as the address stays: what is computed from it would never stand still otherwise.
  const written = useMemo(() => readDrafts(JSON.parse(address) as string[], known.split(",")), [address, known]);
  const [moving, setMoving] = useState<Moving | null>(null);
  const [past, setPast] = useState<Drafts[]>([]);
  if (moving && moving.from !== address) setMoving(null);
  const drafts = moving?.drafts ?? written.drafts;

  const write = (next: Drafts, replace = false) =>
    void navigate({ search: (before) => ({ ...before, draft: writeDrafts(next) }), replace, resetScroll: false });
  useEffect(() => {
    if (!moving) return;
    const timer = window.setTimeout(() => {
      if (same(moving.drafts, written.drafts)) return setMoving(null);
      setPast((before) => [...before, written.drafts]);
      write(moving.drafts);
    }, STILL);
    return () => window.clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only a further move starts the wait anew
  }, [moving]);

  const undo = () => {
    setPast(past.slice(0, -1));
    setMoving(null);
    write(past.at(-1) ?? {});
  };
  return {
    drafts,
    moving: moving !== null,
    wrong: written.wrong,
    put: (field, rule) => setMoving({ from: address, drafts: { ...drafts, [field]: rule } }),
    undo: past.length > 0 || Object.keys(drafts).length > 0 ? undo : null,
    clear: () => {
      setPast([]);
      setMoving(null);
      write({}, true);
    },
  };
}
