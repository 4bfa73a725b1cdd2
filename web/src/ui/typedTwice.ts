/** Whether a new password that was typed twice can be sent: what the server would say anyway is said while it is typed. */
export const SHORTEST = 10;

export type Lack = "short" | "different" | null;

/** What is wrong so far; null while nothing was typed. */
export function lackOf(password: string, again: string): Lack {
  if (password && password.length < SHORTEST) return "short";
  return again && again !== password ? "different" : null;
}

export function isReady(password: string, again: string): boolean {
  return password.length >= SHORTEST && again === password;
}
