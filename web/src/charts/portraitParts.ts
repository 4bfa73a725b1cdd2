/** The portrait of a group: where its marks stand, and which traits are looked at. */
import type { GroupPortrait, PortraitBin, TraitPortrait } from "@/api/types";

/** The right end of the scale of TGI, in times of everybody's share; beyond it marks stand at the edge. */
const MOST = 400;

/** From 0 to this the TGI is drawn: far enough for the largest one, up to four times. */
export function tgiEnd(traits: TraitPortrait[]): number {
  const largest = Math.max(0, ...traits.flatMap((one) => one.bins.map((bin) => bin.tgi ?? 0)));
  return Math.min(MOST, Math.max(200, Math.ceil(largest / 100) * 100));
}

/** Where a TGI lies on the scale, 0 to 1. */
export const tgiPlace = (value: number, end: number): number => Math.min(1, Math.max(0, value / end));

/** The right end of the scale of shares. */
export function shareEnd({ bins }: TraitPortrait): number {
  return Math.max(0.01, ...bins.map((bin) => Math.max(bin.share_inside ?? 0, bin.share ?? 0)));
}

/** Whether the group has surely more of a value than everybody, or less; otherwise nothing can be said. */
export function side({ tgi_low, tgi_high }: PortraitBin): "more" | "less" | "even" {
  if (tgi_low === null || tgi_high === null) return "even";
  if (tgi_low > 100) return "more";
  return tgi_high < 100 ? "less" : "even";
}

export interface Filter {
  /** Part of a trait's name or key. */
  text: string;
  /** Also those that do not set the group apart. */
  alike: boolean;
  /** Also those that the group was drawn by. */
  drawn: boolean;
}

export function filtered({ traits }: GroupPortrait, { text, alike, drawn }: Filter): TraitPortrait[] {
  const sought = text.trim().toLowerCase();
  return traits.filter(
    (one) =>
      (alike || one.apart) &&
      (drawn || !one.drawn_by) &&
      [one.trait.name.zh, one.trait.name.en, one.trait.trait].some((name) => name.toLowerCase().includes(sought)),
  );
}
