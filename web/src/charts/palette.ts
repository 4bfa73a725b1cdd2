/** The colours of layers, the same in every picture: by rank one hue from deep to pale; without ranks calm hues side by side. */
import type { LayerInfo } from "@/api/types";
import type { Look } from "@/ui/tokens";

type Rgb = [number, number, number];

const RAMPS: Record<Look, string[]> = {
  light: ["#0f4a35", "#1b6147", "#2f7f60", "#4f9a7b", "#7db39a", "#a5cbb8", "#c8dfd3", "#e0ebe5"],
  dark: ["#82d8b1", "#62bd96", "#4ba17e", "#367f62", "#2f6a53", "#275443", "#204136", "#1c342b"],
};
const SIDE_BY_SIDE: Record<Look, string[]> = {
  light: ["#2f7f60", "#8fb0cf", "#d3b878", "#a596bf", "#7fb5ad", "#d0a48f", "#b3bd7d", "#93a0cf", "#d9b3bf", "#9ab0a4"],
  dark: ["#4ba17e", "#6f94b8", "#b89a58", "#9382b3", "#5f9a92", "#b98770", "#929c58", "#7583b8", "#bb8b9a", "#7d968a"],
};
/** Layers of those of whom something is not known, or who stand outside: grey in every layering. */
const GREY = new Set(["none", "unknown", "other", "outside", "none__none"]);
const OUTSIDE: Record<Look, string> = { light: "#d4d7d5", dark: "#414845" };

function rgb(hex: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb;
}

/** A colour of the ramp at a share of its length. */
export function mixed(ramp: string[], share: number): string {
  const place = share * (ramp.length - 1);
  const low = Math.min(Math.floor(place), ramp.length - 2);
  const [from, to] = [rgb(ramp[low] as string), rgb(ramp[low + 1] as string)];
  const parts = from.map((value, at) => Math.round(value + ((to[at] as number) - value) * (place - low)));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function luminance(hex: string): number {
  const [r, g, b] = rgb(hex).map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Dark or light writing, whichever reads better on `fill`. */
export function inkOn(fill: string): string {
  return contrast(fill, "#ffffff") >= contrast(fill, "#07120d") ? "#ffffff" : "#07120d";
}

export interface Paint {
  fill: string;
  ink: string;
}

/** Whether layers stand above each other: with a rank for one at least. */
export function areOrdered(layers: { rank: number | null }[]): boolean {
  return layers.some((layer) => layer.rank !== null);
}

/** Calm colours for what stands side by side and is no layer. */
export function hues(look: Look): string[] {
  return SIDE_BY_SIDE[look];
}

/** How each layer is painted, by key. */
export function paints(layers: LayerInfo[], look: Look): Record<string, Paint> {
  const ranked = layers.filter((layer) => layer.rank !== null).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const painted: Record<string, Paint> = {};
  for (const layer of layers) painted[layer.key] = { fill: OUTSIDE[look], ink: inkOn(OUTSIDE[look]) };
  if (!ranked.length) {
    layers.filter((layer) => !GREY.has(layer.key)).forEach((layer, at) => {
      const fill = SIDE_BY_SIDE[look][at % SIDE_BY_SIDE[look].length] as string;
      painted[layer.key] = { fill, ink: inkOn(fill) };
    });
  }
  ranked.forEach((layer, at) => {
    const fill = mixed(RAMPS[look], ranked.length > 1 ? at / (ranked.length - 1) : 0);
    painted[layer.key] = { fill, ink: inkOn(fill) };
  });
  return painted;
}
