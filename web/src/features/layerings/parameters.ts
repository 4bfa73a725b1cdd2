/** Reading and changing parameters by their path: recency, dimensions.0.cut. */
import type { Parameters } from "@/api/types";

type Tree = unknown;

export function at(tree: Tree, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, step) => (inner as Record<string, unknown> | undefined)?.[step], tree);
}

/** The same parameters with one place changed; nothing is mutated. */
export function put(tree: Parameters, path: string, value: unknown): Parameters {
  return placed(tree, path.split("."), value) as Parameters;
}

function placed(tree: Tree, [step, ...rest]: string[], value: unknown): Tree {
  if (step === undefined) return value;
  if (Array.isArray(tree)) return tree.map((one: unknown, place) => (place === Number(step) ? placed(one, rest, value) : one));
  const inner = (tree ?? {}) as Record<string, unknown>;
  return { ...inner, [step]: placed(inner[step], rest, value) };
}

/** Whether two parameter sets say the same. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export type Rule = "mean" | "median" | "quantile" | "number";

export function ruleOf(cut: unknown): Rule {
  if (typeof cut === "number") return "number";
  if (cut === "mean" || cut === "median") return cut;
  return typeof cut === "string" && cut.startsWith("q") ? "quantile" : "number";
}

/** q0.8 → 0.8 */
export function quantileOf(cut: unknown): number {
  return typeof cut === "string" && cut.startsWith("q") ? Number(cut.slice(1)) : 0.5;
}
