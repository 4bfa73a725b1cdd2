/** What is used of js-yaml, which brings no types. */
declare module "js-yaml" {
  export const CORE_SCHEMA: unknown;
  export function load(text: string, options: { schema: unknown }): unknown;
  export function dump(value: unknown, options: { schema: unknown; lineWidth: number; noRefs: boolean }): string;
}
