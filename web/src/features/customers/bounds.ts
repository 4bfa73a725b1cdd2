/** Bounds of traits as they stand in the address: spend:100. */

export interface Bound {
  trait: string;
  value: number;
}

export function bounds(texts: string[] | null | undefined): Bound[] {
  return (texts ?? []).flatMap((text) => {
    const at = text.lastIndexOf(":");
    const value = Number(text.slice(at + 1));
    return at > 0 && Number.isFinite(value) ? [{ trait: text.slice(0, at), value }] : [];
  });
}

/** The bounds with one trait's replaced, or taken away where `value` is null. */
export function withBound(texts: string[] | null | undefined, trait: string, value: number | null): string[] | undefined {
  const others = (texts ?? []).filter((text) => !text.startsWith(`${trait}:`));
  const next = value === null ? others : [...others, `${trait}:${value}`];
  return next.length ? next : undefined;
}
