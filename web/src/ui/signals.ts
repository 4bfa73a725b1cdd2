/** Small words across the page: open the search, show the keys. */
const SEARCH = "titian:search";
const KEYS = "titian:keys";

export const openSearch = () => void window.dispatchEvent(new Event(SEARCH));
export const showKeys = () => void window.dispatchEvent(new Event(KEYS));

function heard(name: string) {
  return (listener: () => void): (() => void) => {
    window.addEventListener(name, listener);
    return () => window.removeEventListener(name, listener);
  };
}

export const onSearch = heard(SEARCH);
export const onKeys = heard(KEYS);
