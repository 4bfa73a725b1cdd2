/** The store whose customers are looked at: kept in the address beside the days, shared by all pages. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { workspaceQuery } from "@/api/queries";

export interface Stores {
  /** undefined: all of them. */
  store: string | undefined;
  /** Those that there are; with fewer than two there is nothing to choose. */
  stores: string[];
  choose: (store: string | undefined) => void;
}

export function useStore(): Stores {
  const { store }: { store?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data } = useQuery(workspaceQuery);
  return {
    store,
    stores: data?.stores ?? [],
    choose: (next) =>
      void navigate({ to: ".", search: (before: Record<string, unknown>) => ({ ...before, store: next }), replace: true }),
  };
}
