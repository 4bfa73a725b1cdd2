/** A cut over its histogram on a canvas, for saving as a picture. */
import type { CutHistogram } from "@/api/types";
import { drawnFont, type Tokens } from "@/ui/tokens";
import { scaleOf } from "./cutScale";

export const CUT_PICTURE = { width: 760, height: 280 };

const LEFT = 24;
const TOP = 72;
const BOTTOM = 244;

export interface CutWords {
  title: string;
  cut: string;
  low: string;
  high: string;
}

export function drawCut(
  context: CanvasRenderingContext2D,
  histogram: CutHistogram,
  value: number,
  words: CutWords,
  tokens: Tokens,
): void {
  const { edges, counts, trait, low, high } = histogram;
  const scale = scaleOf(histogram);
  const at = (where: number) => LEFT + scale.toShare(where) * (CUT_PICTURE.width - 2 * LEFT);
  const top = Math.max(1, ...counts);
  counts.forEach((count, bin) => {
    const [from, to] = [edges[bin] ?? low, edges[bin + 1] ?? high];
    const tall = (count / top) * (BOTTOM - TOP);
    context.fillStyle = (from + to) / 2 > value === (trait.better !== "low") ? tokens.accent : tokens.neutral;
    context.fillRect(at(from) + 0.5, BOTTOM - tall, Math.max(1, at(to) - at(from) - 1), tall);
  });
  context.fillStyle = tokens.text;
  context.fillRect(at(value) - 1, TOP - 10, 2, BOTTOM - TOP + 10);
  write(context, words.title, LEFT, 26, "left", `600 15px ${drawnFont()}`);
  write(context, words.cut, at(value), TOP - 16, at(value) < 80 ? "left" : "center", `600 13px ${drawnFont()}`);
  context.fillStyle = tokens.muted;
  write(context, words.low, LEFT, BOTTOM + 20, "left", `12px ${drawnFont()}`);
  write(context, words.high, CUT_PICTURE.width - LEFT, BOTTOM + 20, "right", `12px ${drawnFont()}`);
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  align: CanvasTextAlign,
  font: string,
): void {
  context.font = font;
  context.textAlign = align;
  context.fillText(text, x, y);
}
