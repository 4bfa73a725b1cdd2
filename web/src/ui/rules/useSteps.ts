/** Undo and redo of a rule that somebody else holds: whoever changes it, the way back is kept. */
import { useState } from "react";
import { redone, started, stepped, undone } from "./steps";
import type { Rule } from "./tree";

export interface Stepping {
  change: (rule: Rule | null) => void;
  undo: (() => void) | null;
  redo: (() => void) | null;
}

export function useSteps(rule: Rule | null, onChange: (rule: Rule | null) => void): Stepping {
  const [steps, setSteps] = useState(() => started(rule));
  // Changed elsewhere: by a starting point, or by the address.
  if (steps.present !== rule) setSteps(stepped(steps, rule, Number.POSITIVE_INFINITY));
  const go = (to: typeof undone) => () => {
    const next = to(steps);
    setSteps(next);
    onChange(next.present);
  };
  return {
    change: (next) => {
      setSteps(stepped(steps, next, Date.now()));
      onChange(next);
    },
    undo: steps.past.length ? go(undone) : null,
    redo: steps.future.length ? go(redone) : null,
  };
}
