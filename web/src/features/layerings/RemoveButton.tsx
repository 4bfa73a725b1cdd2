/** Taking a layering of one's own away, after a word, and with a way back. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Button } from "antd";
import { removeLayering, restoreLayering } from "@/api/commands";
import { asProblem } from "@/api/problem";
import type { LayeringSummary } from "@/api/types";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";

export function RemoveButton({ one }: { one: LayeringSummary }) {
  const { t, language } = useWords();
  const { say } = useFormat();
  const { modal, notification } = App.useApp();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const refresh = () => {
    for (const name of ["layerings", "customers", "customer"]) void cache.invalidateQueries({ queryKey: [name] });
  };
  const undo = async () => {
    notification.destroy("removed");
    await restoreLayering(one.key);
    refresh();
  };
  const remove = useMutation({
    mutationFn: () => removeLayering(one.key),
    onSuccess: async () => {
      await navigate({ to: "/layerings" });
      cache.removeQueries({ queryKey: ["layering", one.key] });
      refresh();
      notification.success({
        key: "removed",
        title: t("layerings.remove.done", { name: say(one.name) }),
        actions: (
          <Button size="small" onClick={() => void undo()}>
            {t("layerings.save.undo")}
          </Button>
        ),
        duration: 10,
        placement: "bottomRight",
      });
    },
    onError: (error) => {
      const problem = asProblem(error);
      notification.error({ title: language === "zh" ? problem.detail_zh : problem.detail, placement: "bottomRight" });
    },
  });
  const ask = () =>
    void modal.confirm({
      title: t("layerings.remove.ask", { name: say(one.name) }),
      content: t("layerings.remove.what"),
      okText: t("layerings.remove.yes"),
      okButtonProps: { danger: true },
      cancelText: t("layerings.remove.no"),
      onOk: () => remove.mutateAsync().catch(() => undefined),
    });
  return (
    <Button danger type="text" loading={remove.isPending} onClick={ask}>
      {t("layerings.remove.action")}
    </Button>
  );
}
