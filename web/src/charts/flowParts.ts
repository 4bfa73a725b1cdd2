/** Which flows are drawn and which are summed up in words. */
import type { Flows, Move } from "@/api/types";

export interface FlowParts {
  drawn: Move[];
  small: Move[];
  smallCustomers: number;
}

const SHARE = 0.004;
const MOST = 28;

/** Moves of at least 0.4 % of the customers, at most 28 of them; stayers always. */
export function flowParts(flows: Flows): FlowParts {
  const threshold = Math.max(1, flows.start_customers * SHARE);
  const moved = flows.moves.filter((move) => move.direction !== "stayed").sort((a, b) => b.customers - a.customers);
  const large = moved.filter((move, at) => at < MOST && move.customers >= threshold);
  const small = moved.filter((move) => !large.includes(move));
  return {
    drawn: [...flows.moves.filter((move) => move.direction === "stayed"), ...large],
    small,
    smallCustomers: small.reduce((sum, move) => sum + move.customers, 0),
  };
}

/** How many are in each layer at one end. */
export function endCounts(flows: Flows, end: "start" | "end"): Record<string, number> {
  const counts: Record<string, number> = { ...(end === "start" ? flows.left : flows.entered) };
  for (const move of flows.moves) {
    const key = end === "start" ? move.source : move.target;
    counts[key] = (counts[key] ?? 0) + move.customers;
  }
  return counts;
}
