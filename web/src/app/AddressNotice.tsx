/** Under the head of a page that was opened with an address it could not read in full: what was used instead. */
import { useRouterState } from "@tanstack/react-router";
import { useState } from "react";
import { useWords } from "@/i18n";
import { parseSearch } from "@/ui/address";
import { malformed } from "@/ui/malformed";
import { usePeriod } from "@/ui/period";
import { Refused } from "@/ui/Refused";

// The router drops what it can't read from the address, so it is looked at before.
const opened = { path: window.location.pathname, found: malformed(parseSearch(window.location.search)) };

export function AddressNotice() {
  const { t } = useWords();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { as_of, compare } = usePeriod();
  const [closed, setClosed] = useState(false);
  if (closed || path !== opened.path) return null;
  const items = opened.found.map(({ name, given, instead }) => ({
    name, given, instead: t(`shell.address.${instead}`, { day: instead === "newest" ? (as_of ?? "–") : (compare ?? "–") }),
  }));
  return <Refused items={items} onClose={() => setClosed(true)} />;
}
