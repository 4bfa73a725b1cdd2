/** Keys of what people make. */

/** A key from a name: what of it are Latin letters and digits, else the kind with a number that is free. */
export function keyFrom(name: string, kind: string, taken: string[]): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[_\d]+|_+$/g, "").slice(0, 40);
  const base = plain || `own_${kind}`;
  if (!taken.includes(base)) return base;
  let number = 2;
  while (taken.includes(`${base}_${number}`)) number += 1;
  return `${base}_${number}`;
}
