/** Whether a key still holds, and whether its end is near. */
const SOON_DAYS = 14;
const DAY = 86_400_000;

export type KeyState = "holds" | "soon" | "over";

export function keyState(expires_at: string | null, now: number): KeyState {
  if (expires_at === null) return "holds";
  const left = new Date(expires_at).getTime() - now;
  return left <= 0 ? "over" : left < SOON_DAYS * DAY ? "soon" : "holds";
}
