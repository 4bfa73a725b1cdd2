/** Customers' ids: pasted, or from a file with one in a line or in the column of a CSV. */
import type { NamedCustomers } from "@/api/commands";

export interface Given {
  text: string;
  /** Instead of the text. */
  file: { name: string; ids: string[] } | null;
}

export const NOBODY: Given = { text: "", file: null };

export function isGiven({ text, file }: Given): boolean {
  return file !== null || text.trim() !== "";
}

export function asNamed({ text, file }: Given): NamedCustomers {
  return file ? { ids: file.ids } : { text };
}

const HEADINGS = new Set(["customer_id", "customer id", "customerid", "id", "客户编号", "客户id", "客户号", "会员号", "用户id"]);

/** The cells of a line, quoted ones whole. */
export function cells(line: string, by: string): string[] {
  const found: string[] = [];
  let cell = "";
  let quoted = false;
  for (let place = 0; place < line.length; place += 1) {
    const sign = line[place] as string;
    if (quoted && sign === '"' && line[place + 1] === '"') {
      cell += '"';
      place += 1;
    } else if (sign === '"' && (quoted || cell === "")) quoted = !quoted;
    else if (sign === by && !quoted) {
      found.push(cell);
      cell = "";
    } else cell += sign;
  }
  return [...found, cell];
}

/** The ids; a heading is left out, empty lines stay, to be told. The column is the one so called, else the first. */
export function idsOf(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  const first = lines[0] ?? "";
  const by = ["\t", ";", ","].find((sign) => first.includes(sign)) ?? ",";
  const named = cells(first, by).findIndex((heading) => HEADINGS.has(heading.trim().toLowerCase()));
  const column = Math.max(named, 0);
  const plain = !text.includes('"') && !first.includes(by);
  const rows = named < 0 ? lines : lines.slice(1);
  return rows.map((line) => (plain ? line : (cells(line, by)[column] ?? "")).trim());
}

/** A file's text, telling the share that is read. */
export async function textOf(file: File, onShare: (share: number) => void): Promise<string> {
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  const parts: string[] = [];
  let read = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts.join("");
    parts.push(value);
    read += value.length;
    onShare(Math.min(1, read / Math.max(file.size, 1)));
  }
}
