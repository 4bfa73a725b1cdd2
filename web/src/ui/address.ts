/** The query of an address as plain text: min=spend:100&min=orders:2, never JSON. */

export type Search = Record<string, string | string[] | undefined>;

export function parseSearch(query: string): Search {
  const found: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const before = found[name];
    found[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return found;
}

export function writeSearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  const text = query.toString().replaceAll("%3A", ":");
  return text && `?${text}`;
}

/** A parameter that may stand once or often, as a list. */
export function several(value: unknown): string[] | undefined {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "string" && value !== "" ? [value] : undefined;
}

/** A parameter that stands once. */
export function once(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" && first !== "" ? first : undefined;
}
