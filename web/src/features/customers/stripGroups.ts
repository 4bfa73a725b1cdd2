/** Which strips stand together on a portrait, so that fifteen layerings stay calm. */
import type { LayeringSummary, LayerStrip } from "@/api/types";

export const GROUPS = ["value", "stage", "relation", "social", "own"] as const;
export type Group = (typeof GROUPS)[number];

const KINDS: Record<string, Group> = {
  rfm: "value", rfm_score: "value", value_levels: "value", matrix: "value", quantiles: "value",
  lifecycle: "stage", aarrr: "stage", growth: "stage", staged: "stage",
  aipl: "relation", five_a: "relation", four_a: "relation",
  identity: "social", social: "social", influence: "social",
};
/** So many strips are read at a glance: none of them is folded. */
const CALM = 4;

export interface Grouped {
  group: Group;
  shown: LayerStrip[];
  folded: LayerStrip[];
}

function groupOf(strip: LayerStrip, layerings: LayeringSummary[]): Group {
  const found = layerings.find((one) => one.key === strip.layering);
  if (found?.own) return "own";
  return KINDS[found?.kind ?? strip.layering] ?? "own";
}

/** Each group with its first strip, the others folded; a few strips altogether are all shown. */
export function grouped(strips: LayerStrip[], layerings: LayeringSummary[]): Grouped[] {
  const few = strips.length <= CALM;
  return GROUPS.flatMap((group) => {
    const members = strips.filter((strip) => groupOf(strip, layerings) === group);
    const first = few ? members.length : 1;
    return members.length ? [{ group, shown: members.slice(0, first), folded: members.slice(first) }] : [];
  });
}
