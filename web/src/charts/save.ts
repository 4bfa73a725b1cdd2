/** Saving pictures and tables from the page. */
import { copyText } from "@/ui/copyText";

export interface ChartTable {
  columns: string[];
  rows: (string | number | null)[][];
}

export function download(content: Blob | string, name: string): void {
  const address = typeof content === "string" ? content : URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  if (typeof content !== "string") window.setTimeout(() => URL.revokeObjectURL(address), 1000);
}

const FORMULA = /^[=+\-@\t\r]/;

/** One cell of a CSV: quoted where needed; text that a spreadsheet would run is made plain text. */
function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** With a byte order mark, so that Excel reads Chinese. */
export function csvOf({ columns, rows }: ChartTable): string {
  return `\uFEFF${[columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

export function saveCsv(table: ChartTable, name: string): void {
  download(new Blob([csvOf(table)], { type: "text/csv;charset=utf-8" }), `${name}.csv`);
}

export async function copyTable({ columns, rows }: ChartTable): Promise<void> {
  const text = [columns, ...rows].map((row) => row.map((value) => value ?? "").join("\t")).join("\n");
  await copyText(text);
}

/** A picture twice its size, on the given background. */
export function canvasPng(
  width: number,
  height: number,
  background: string,
  draw: (context: CanvasRenderingContext2D) => void,
): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  const context = canvas.getContext("2d");
  if (!context) return Promise.reject(new Error("no canvas"));
  context.scale(2, 2);
  context.fillStyle = background;
  context.fillRect(0, 0, width, height);
  draw(context);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture")))),
  );
}
