/** The layer that is looked at. */
import type { LayeringNow } from "@/api/types";

/** The one that the address names; else the highest that holds anybody. */
export function chosenLayer(now: LayeringNow, asked: string | undefined): string | undefined {
  const first = now.layers.find((one) => one.customers > 0) ?? now.layers[0];
  return now.layers.find((one) => one.layer.key === asked)?.layer.key ?? first?.layer.key;
}
