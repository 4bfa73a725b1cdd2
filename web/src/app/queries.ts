/** The cache of answers: data change only by imports and definitions, which say so themselves. */
import { hashKey, QueryClient } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";
import { storeNow } from "@/api/store";

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      // The answers of one store are not those of another.
      queryKeyHashFn: (key) => hashKey([storeNow() ?? null, ...key]),
      refetchOnWindowFocus: true,
      retry: (failures, error) => {
        const { status, code } = asProblem(error);
        return failures < 2 && (status >= 500 || code === "busy" || code === "unreachable");
      },
      retryDelay: (failures) => 300 * 2 ** failures,
    },
  },
});
