/** The conditions that a rule can ask, each with one to begin with. */
import type { LayeringSummary } from "@/api/types";
import { kindOf, type Rule } from "./tree";

export type Leaf = "trait" | "did" | "didNot" | "layering" | "moved" | "tag" | "audience" | "staff" | "funnel";

export const LEAVES: Leaf[] = ["trait", "did", "didNot", "layering", "moved", "tag", "audience", "staff", "funnel"];
/** What a layer may ask of: layers and tags rest on the data, not on each other. */
export const OF_DATA: Leaf[] = ["trait", "did", "didNot", "funnel"];

export interface Named {
  key: string;
  name: string;
}

/** What there is to ask of. */
export interface Known {
  events: Named[];
  layerings: LayeringSummary[];
  tags: Named[];
  audiences: Named[];
  staff: Named[];
  /** Whether the layerings are still on their way. */
  waiting: boolean;
}

export function leafOf(rule: Rule): Leaf | null {
  const kind = kindOf(rule);
  if (kind === "did") return rule.op === "=" && rule.times === 0 ? "didNot" : "did";
  return kind === null || kind === "all" || kind === "any" || kind === "not" ? null : kind;
}

const SINCE = { days_before: 30 };

/** A condition of a kind; from a condition on an event to its opposite the event and the window stay. */
export function begun(kind: Leaf, known: Known, before: Rule): Rule {
  const layering = known.layerings.find((one) => one.layers.length > 0);
  const layer = layering?.layers[0]?.key ?? "";
  switch (kind) {
    case "trait":
      return { trait: "spend", op: ">=", value: 0 };
    case "did":
    case "didNot": {
      const kept = kindOf(before) === "did" ? before : { did: known.events[0]?.key ?? "purchase", within_days: 30 };
      return kind === "did" ? { ...kept, op: ">=", times: 1 } : { ...kept, op: "=", times: 0 };
    }
    case "layering":
      return { layering: layering?.key ?? "", layers: [layer] };
    case "moved":
      return { moved: layering?.key ?? "", source: [layer], since: SINCE };
    case "tag":
      return { tag: known.tags[0]?.key ?? "" };
    case "audience":
      return { audience: known.audiences[0]?.key ?? "" };
    case "staff":
      return { staff: known.staff[0]?.key ?? "" };
    case "funnel": {
      const [first = "view", second = "purchase"] = known.events.map((one) => one.key);
      return { funnel: { steps: [first, second], within_days: 30 }, stopped_at: 1 };
    }
  }
}
