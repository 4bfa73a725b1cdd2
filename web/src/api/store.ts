/** The store that is looked at: kept in the address, and sent along with every question. */
import type { Middleware } from "openapi-fetch";

/** The store that an address names; undefined stands for all stores. */
export function storeIn(search: string): string | undefined {
  return new URLSearchParams(search).get("store") || undefined;
}

export const storeNow = () => storeIn(window.location.search);

/** The same address, asked of one store. */
export function ofStore(address: string, store: string | undefined): string {
  if (!store) return address;
  return `${address}${address.includes("?") ? "&" : "?"}store_id=${encodeURIComponent(store)}`;
}

/** Asks whatever is asked of the store in the address; what is no question of customers does not mind. */
export const asksOfStore: Middleware = {
  onRequest: ({ request }) => {
    const store = storeNow();
    return store ? new Request(ofStore(request.url, store), request) : undefined;
  },
};
