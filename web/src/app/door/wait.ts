/** How long one still has to wait before signing in can be tried again. */
import type { Problem } from "@/api/types";

/** Seconds that the server asks to wait; 0 where it asks for none. */
export function waitOf(problem: Problem | null): number {
  const asked = problem?.code === "too_many" ? problem.details.wait_seconds : 0;
  return typeof asked === "number" && asked > 0 ? asked : 0;
}

/** Minutes and seconds as on a clock: 14:05. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
