/** Addresses that stand where the key of an audience would. */
export const PAGES = ["new", "overlap", "tags"];
