/** The portrait of a group on a canvas, for saving as a picture. */
import type { TraitPortrait } from "@/api/types";
import { drawnFont, type Tokens } from "@/ui/tokens";
import { shareEnd, tgiEnd, tgiPlace } from "./portraitParts";

export const WIDTH = 820;
const HEAD = 62;
const ROW = 26;
const NAME = 190;
const BARS = { from: 206, width: 250 };
const MARKS = { from: 530, width: 210 };

export const heightOf = (traits: TraitPortrait[]) => traits.reduce((sum, one) => sum + HEAD + one.bins.length * ROW, 16);

interface Said {
  title: (one: TraitPortrait) => string;
  sentence: (one: TraitPortrait) => string;
  name: (words: { zh: string; en: string }) => string;
  share: (value: number | null) => string;
  number: (value: number | null) => string;
}

export function drawPortrait(context: CanvasRenderingContext2D, traits: TraitPortrait[], tokens: Tokens, said: Said): void {
  const end = tgiEnd(traits);
  context.textBaseline = "middle";
  let top = 16;
  for (const one of traits) {
    write(context, said.title(one), 16, top + 12, 600, tokens.text);
    write(context, said.sentence(one), 16, top + 34, 400, tokens.muted);
    const widest = shareEnd(one);
    one.bins.forEach((bin, at) => {
      const middle = top + HEAD - 8 + at * ROW;
      write(context, said.name(bin.name), 16, middle, 400, tokens.text, NAME);
      box(context, BARS.from, middle - 8, ((bin.share_inside ?? 0) / widest) * BARS.width, 8, tokens.accent);
      box(context, BARS.from, middle + 1, ((bin.share ?? 0) / widest) * BARS.width, 6, tokens.tick);
      write(context, said.share(bin.share_inside), BARS.from + BARS.width + 8, middle, 400, tokens.text);
      const place = (value: number) => MARKS.from + tgiPlace(value, end) * MARKS.width;
      box(context, place(100), middle - ROW / 2, 1, ROW, tokens.line);
      if (bin.tgi === null || bin.tgi_low === null || bin.tgi_high === null) return;
      box(context, place(bin.tgi_low), middle - 1, place(bin.tgi_high) - place(bin.tgi_low), 2, tokens.text);
      context.beginPath();
      context.arc(place(bin.tgi), middle, 4, 0, 2 * Math.PI);
      context.fill();
      write(context, said.number(Math.round(bin.tgi)), MARKS.from + MARKS.width + 14, middle, 600, tokens.text);
    });
    top += HEAD + one.bins.length * ROW;
  }
}

function box(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, colour: string): void {
  context.fillStyle = colour;
  context.fillRect(x, y, width, height);
}

function write(context: CanvasRenderingContext2D, text: string, x: number, y: number, weight: number, colour: string, most = WIDTH - 32): void {
  context.font = `${weight} 13px ${drawnFont()}`;
  context.fillStyle = colour;
  context.fillText(text, x, y, most);
}
