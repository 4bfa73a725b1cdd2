/** Two texts laid against each other, line by line: what goes, what comes, what stays. */

export interface Line {
  kind: "stays" | "goes" | "comes" | "left out";
  text: string;
}

const MOST = 4_000_000;

/** The lines of both texts, the fewest of them going and coming. */
export function laid(before: string, after: string): Line[] {
  const old = linesOf(before);
  const fresh = linesOf(after);
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end++;
  return [
    ...told("stays", old.slice(0, start)),
    ...between(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...told("stays", old.slice(old.length - end)),
  ];
}

/** Runs of lines that stay, cut down to those beside a change. */
export function folded(lines: Line[], around = 3): Line[] {
  const near = lines.map((_, at) => lines.slice(Math.max(at - around, 0), at + around + 1).some((line) => line.kind !== "stays"));
  const shown: Line[] = [];
  let hidden: Line[] = [];
  const flush = () => {
    if (hidden.length > 1) shown.push({ kind: "left out", text: String(hidden.length) });
    else shown.push(...hidden);
    hidden = [];
  };
  lines.forEach((line, at) => {
    if (!near[at]) return void hidden.push(line);
    flush();
    shown.push(line);
  });
  flush();
  return shown;
}

/** The lines of a unified diff as the server gives it. */
export function unified(text: string): Line[] {
  return linesOf(text)
    .filter((line, at) => !(line.startsWith("@@") && at === 0))
    .map((line) => {
      if (line.startsWith("@@")) return { kind: "left out", text: "" };
      return { kind: line.startsWith("+") ? "comes" : line.startsWith("-") ? "goes" : "stays", text: line.slice(1) };
    });
}

const linesOf = (text: string) => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));
const told = (kind: Line["kind"], texts: string[]): Line[] => texts.map((text) => ({ kind, text }));

function between(old: string[], fresh: string[]): Line[] {
  if (old.length * fresh.length > MOST) return [...told("goes", old), ...told("comes", fresh)];
  // common[i][j]: how many lines the ends of both have in common, from old[i] and fresh[j] on.
  const common = Array.from({ length: old.length + 1 }, () => new Uint32Array(fresh.length + 1));
  const of = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = fresh.length - 1; j >= 0; j--)
      (common[i] as Uint32Array)[j] = old[i] === fresh[j] ? of(i + 1, j + 1) + 1 : Math.max(of(i + 1, j), of(i, j + 1));
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      lines.push({ kind: "stays", text: old[i++] as string });
      j++;
    } else if (i < old.length && (j === fresh.length || of(i + 1, j) >= of(i, j + 1))) lines.push({ kind: "goes", text: old[i++] as string });
    else lines.push({ kind: "comes", text: fresh[j++] as string });
  }
  return lines;
}
