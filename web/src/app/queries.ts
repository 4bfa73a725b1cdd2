/** The cache of answers: data change only by imports and definitions, which say so themselves. */
import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) => {
        const { status, code } = asProblem(error);
        return failures < 2 && (status >= 500 || code === "busy" || code === "unreachable");
      },
      retryDelay: (failures) => 300 * 2 ** failures,
    },
  },
});
