/** Signing out of this browser, or everywhere: nothing that was told to who was signed in stays behind. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { endSessions, enter, sessionQuery, signOut } from "@/api/session";
import { useUndo } from "./useUndo";

export function useSignOut(everywhere = false) {
  const cache = useQueryClient();
  const { refused } = useUndo();
  return useMutation({
    mutationFn: async () => void (await (everywhere ? endSessions() : signOut())),
    onSuccess: () => {
      const before = cache.getQueryData(sessionQuery.queryKey);
      if (before) enter(cache, { ...before, person: null, permissions: [], must_change: false });
    },
    onError: refused,
  });
}
