/** All that is kept of a customer as a file for them, and what an erasure says of itself. */

/** Named after them, as far as a file can be; another day is another file. */
export function fileOf(everything: { customer_id: string; at: string }): { name: string; text: string } {
  const safe = everything.customer_id.replace(/[^\p{L}\p{N}_-]+/gu, "_").slice(0, 80) || "customer";
  return { name: `${safe}_${everything.at.slice(0, 10)}.json`, text: `${JSON.stringify(everything, null, 2)}\n` };
}

/** How far something is, from 0 to 100; null where nobody knows. */
export function percentOf(far: { done: number; total: number | null } | null | undefined): number | null {
  return far?.total ? Math.min(100, Math.floor((far.done / far.total) * 100)) : null;
}

/** Whether somebody typed exactly whom they mean; blanks around it come from copying. */
export const confirms = (typed: string, customerId: string) => typed === customerId || typed.trim() === customerId;
