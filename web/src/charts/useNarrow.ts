/** Whether the window is as narrow as a phone: labels then stand elsewhere. */
import { useSyncExternalStore } from "react";

const SMALL = window.matchMedia("(max-width: 600px)");

function subscribe(changed: () => void): () => void {
  SMALL.addEventListener("change", changed);
  return () => SMALL.removeEventListener("change", changed);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => SMALL.matches);
}
