/** Which imports hold a batch that can be taken back. */
import type { ImportRun } from "@/api/types";

/** The state to show: a batch that was taken back no longer counts, whatever became of its import. */
export function shownState(run: ImportRun): string {
  return run.undone_at ? "undone" : run.state;
}

export function canBeUndone(run: ImportRun): boolean {
  return run.state === "done" && run.batch_id !== null && !run.undone_at;
}
