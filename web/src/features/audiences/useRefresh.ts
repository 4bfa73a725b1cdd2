/** Bringing all tags with rules into step now, and a word on what came of it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { refreshTags } from "@/api/commands";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import { useUndo } from "@/ui/useUndo";
import { summed } from "./followed";
import { freshTags } from "./freshTags";

export function useRefresh() {
  const { t } = useWords();
  const { say, number } = useFormat();
  const { notification } = App.useApp();
  const { told, refused } = useUndo();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: refreshTags,
    onSuccess: (followed) => {
      void freshTags(cache);
      const { tags, came, gone, stuck } = summed(followed);
      if (tags) told(t("audiences.tags.refreshed", { count: tags, came: number(came), gone: number(gone) }));
      for (const { tag, why } of stuck) notification.warning({ title: t("audiences.tags.stuck", { tag }), description: say(why), placement: "bottomRight" });
      if (!followed.length) notification.info({ title: t("audiences.tags.waitsForData"), placement: "bottomRight" });
    },
    onError: refused,
  });
}
