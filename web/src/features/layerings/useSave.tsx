/** Publishing changed parameters as a new version, with undo; a newer version there is a conflict. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { publishLayering } from "@/api/commands";
import { asProblem } from "@/api/problem";
import type { LayeringNow, LayeringSummary, Parameters } from "@/api/types";
import { useWords } from "@/i18n";

export function useSave(now: LayeringNow, onSaved: () => void) {
  const { t } = useWords();
  const { notification } = App.useApp();
  const cache = useQueryClient();
  const { key, version } = now.summary;

  const refresh = () => {
    void cache.invalidateQueries({ queryKey: ["layering", key] });
    for (const name of ["layerings", "overview", "customers", "customer"]) void cache.invalidateQueries({ queryKey: [name] });
  };
  const undo = (published: LayeringSummary) => {
    notification.destroy("saved");
    void publishLayering(key, { parameters: {}, base_version: published.version, restore: version }).then(refresh);
  };
  const save = useMutation({
    mutationFn: (parameters: Parameters) =>
      publishLayering(key, { parameters, base_version: version, fit_as_of: now.period.as_of }),
    onSuccess: (published) => {
      onSaved();
      refresh();
      notification.success({
        key: "saved",
        title: t("layerings.save.done", { version: published.version }),
        actions: <Button size="small" onClick={() => undo(published)}>{t("layerings.save.undo")}</Button>,
        duration: 10,
        placement: "bottomRight",
      });
    },
  });
  const conflict = save.error !== null && asProblem(save.error).code === "conflict";
  const reload = () => {
    save.reset();
    refresh();
  };
  return { save, conflict, reload };
}
