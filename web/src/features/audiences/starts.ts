/** Worked starting points, in the trade's words. */
import type { Rule } from "@/ui/rules/tree";

export interface Start {
  key: "onceBought" | "slippingAway" | "cartLeft";
  rule: Rule;
}

export const STARTS: Start[] = [
  {
    key: "onceBought",
    rule: {
      all: [
        { trait: "recency_days", op: "<=", value: 30 },
        { trait: "order_count", op: "=", value: 1 },
      ],
    },
  },
  {
    key: "slippingAway",
    rule: {
      all: [
        { layering: "rfm", layers: ["important_keep", "important_retain"] },
        { any: [{ layering: "value_levels", layers: ["at_risk"] }, { trait: "order_count_90d", op: "=", value: 0 }] },
      ],
    },
  },
  {
    key: "cartLeft",
    rule: {
      all: [
        { did: "cart", op: ">=", times: 1, within_days: 7 },
        { did: "purchase", op: "=", times: 0, within_days: 7 },
      ],
    },
  },
];

export const BLANK: Rule = { all: [{ trait: "spend", op: ">=", value: 0 }] };
