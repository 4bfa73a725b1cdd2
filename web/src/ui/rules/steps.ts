/** The way back and forth through what a rule was; what is typed into one field at a stretch is one step. */
import { at, parts, type Path, type Rule } from "./tree";

export interface Steps {
  past: (Rule | null)[];
  present: Rule | null;
  future: (Rule | null)[];
  /** The condition that was changed last, and when: a further change there soon after belongs to the same step. */
  typed: { path: string; when: number } | null;
}

/** So long after a key the next one in the same condition belongs to it. */
const STRETCH = 700;
const MOST = 200;

export function started(rule: Rule | null): Steps {
  return { past: [], present: rule, future: [], typed: null };
}

/** One more step. */
export function stepped(steps: Steps, next: Rule | null, when: number): Steps {
  const path = steps.present && next ? changedCondition(steps.present, next) : null;
  const same = path !== null && steps.typed?.path === path && when - steps.typed.when < STRETCH;
  return {
    past: same ? steps.past : [...steps.past, steps.present].slice(-MOST),
    present: next,
    future: [],
    typed: path === null ? null : { path, when },
  };
}

export function undone(steps: Steps): Steps {
  if (!steps.past.length) return steps;
  return { past: steps.past.slice(0, -1), present: steps.past.at(-1) ?? null, future: [steps.present, ...steps.future], typed: null };
}

export function redone(steps: Steps): Steps {
  if (!steps.future.length) return steps;
  return { past: [...steps.past, steps.present], present: steps.future[0] ?? null, future: steps.future.slice(1), typed: null };
}

/** The path of the one condition whose fields differ; null where the tree itself does, or what is asked of. */
function changedCondition(before: Rule, after: Rule): string | null {
  const path: Path = [];
  for (;;) {
    const [was, is] = [at(before, path) as Rule, at(after, path) as Rule];
    const [old, now] = [parts(was), parts(is)];
    if (Object.keys(was)[0] !== Object.keys(is)[0] || old.length !== now.length) return null;
    if (!old.length) return was[Object.keys(was)[0] ?? ""] === is[Object.keys(is)[0] ?? ""] ? path.join(".") : null;
    const places = now.flatMap((part, place) => (part === old[place] ? [] : place));
    const [only] = places;
    if (only === undefined || places.length > 1) return null;
    path.push(only);
  }
}
