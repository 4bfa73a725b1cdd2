/** The terraces on a canvas, for saving as a picture. */
import type { LayerNow } from "@/api/types";
import { drawnFont, type Tokens } from "@/ui/tokens";
import type { Paint } from "./palette";

interface Label {
  name: string;
  customers: string;
  money: string;
}

const NAME_WIDTH = 160;
const MONEY_WIDTH = 130;

export function drawTerraces(
  context: CanvasRenderingContext2D,
  layers: LayerNow[],
  widest: number,
  painted: Record<string, Paint>,
  tokens: Tokens,
  label: (one: LayerNow) => Label,
): void {
  const field = 760 - NAME_WIDTH - MONEY_WIDTH - 32;
  const centre = 16 + NAME_WIDTH + field / 2;
  context.textBaseline = "middle";
  layers.forEach((one, at) => {
    const { name, customers, money } = label(one);
    const paint = painted[one.layer.key] ?? { fill: tokens.neutral, ink: tokens.text };
    const width = Math.max(6, (one.customers / widest) * field);
    const middle = 12 + at * 44 + 19;
    const inside = width > 90;
    context.fillStyle = paint.fill;
    context.beginPath();
    context.roundRect(centre - width / 2, middle - 18, width, 36, 8);
    context.fill();
    write(context, name, 16, middle, `600 13px ${drawnFont()}`, tokens.text, "left");
    const place = inside ? centre : centre + width / 2 + 10;
    write(context, customers, place, middle, `600 14px ${drawnFont()}`, inside ? paint.ink : tokens.text, inside ? "center" : "left");
    write(context, money, 744, middle, `13px ${drawnFont()}`, tokens.muted, "right");
  });
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  font: string,
  colour: string,
  align: CanvasTextAlign,
): void {
  context.font = font;
  context.fillStyle = colour;
  context.textAlign = align;
  context.fillText(text, x, y);
}
