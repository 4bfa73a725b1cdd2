/** Who meets the rule that is being built, asked when it stands still; a newer question stops the older one. */
import { useQuery } from "@tanstack/react-query";
import { selectionQuery } from "@/api/queries";
import { asProblem } from "@/api/problem";
import type { Selected } from "@/api/types";
import { useWords } from "@/i18n";
import type { Board } from "@/ui/rules/board";
import type { Rule } from "@/ui/rules/tree";
import { useSettled } from "@/ui/useSettled";
import { placeOf } from "./placeOf";

const PAUSE = 300;

export interface Selecting {
  selected: Selected | null;
  /** Whom the answer is of. */
  rule: Rule | null;
  error: unknown;
  /** The part of the rule that the error is about. */
  wrong: Board["wrong"];
  asking: boolean;
}

export function useSelection(rule: Rule | null, as_of: string | undefined): Selecting {
  const { language } = useWords();
  const settled = useSettled(rule, PAUSE);
  const { data, error, isFetching } = useQuery({ ...selectionQuery(settled ?? {}, as_of), enabled: settled !== null });
  if (rule === null) return { selected: null, rule: null, error: null, wrong: null, asking: false };
  const problem = error && settled === rule ? asProblem(error) : null;
  const path = problem && placeOf(rule, problem.details);
  const says = problem && (language === "zh" ? problem.detail_zh : problem.detail);
  return {
    selected: data ?? null,
    rule: settled,
    error: error ?? null,
    wrong: path && says ? { path: path.join("."), says } : null,
    asking: isFetching || settled !== rule,
  };
}
