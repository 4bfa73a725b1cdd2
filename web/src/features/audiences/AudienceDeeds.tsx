/** What can be done with one audience: change its rule, keep who is in it as a list, take it away with a way back. */
import { MoreOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Dropdown } from "antd";
import { removeAudience, restoreAudience, snapshotAudience } from "@/api/commands";
import type { AudienceNow } from "@/api/types";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import { useUndo } from "@/ui/useUndo";

export function AudienceDeeds({ now }: { now: AudienceNow }) {
  const { t } = useWords();
  const { say, number } = useFormat();
  const { modal } = App.useApp();
  const { told, refused } = useUndo();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { key, name } = now.audience;
  const fresh = () => {
    for (const cached of ["audiences", "audience", "selection"]) void cache.invalidateQueries({ queryKey: [cached] });
  };
  const remove = useMutation({
    mutationFn: () => removeAudience(key),
    onSuccess: async () => {
      await navigate({ to: "/audiences" });
      fresh();
      told(t("audiences.one.removed", { name: say(name) }), () => restoreAudience(key).then(fresh));
    },
    onError: refused,
  });
  const day = now.period.as_of;
  const snapshot = useMutation({
    mutationFn: () => {
      const list = (said: string) => `${said} · ${day}`;
      return snapshotAudience(key, { key: `${key.slice(0, 48)}_${day.replaceAll("-", "")}`, name: { zh: list(name.zh), en: list(name.en) }, as_of: day });
    },
    onSuccess: ({ audience }) => {
      fresh();
      told(t("audiences.one.kept", { name: say(audience.name), n: number(audience.customers) }));
      void navigate({ to: "/audiences/$key", params: { key: audience.key } });
    },
    onError: refused,
  });
  const ask = () =>
    void modal.confirm({
      title: t("audiences.one.removeAsk", { name: say(name) }),
      content: t("audiences.one.removeWhat"),
      okText: t("audiences.one.remove"),
      okButtonProps: { danger: true },
      cancelText: t("audiences.cancel"),
      onOk: () => remove.mutateAsync().catch(() => undefined),
    });
  const edit = () => void navigate({ to: "/audiences/new", search: { edit: key, rule: JSON.stringify(now.rule) } });
  const items = [
    { key: "snapshot", label: t("audiences.one.snapshot", { day }), disabled: !now.audience.customers, onClick: () => snapshot.mutate() },
    { key: "remove", label: t("audiences.one.remove"), danger: true, onClick: ask },
  ];
  return (
    <>
      {now.rule && (
        <Button type="primary" onClick={edit}>
          {t("audiences.one.edit")}
        </Button>
      )}
      <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
        <Button icon={<MoreOutlined />} loading={snapshot.isPending || remove.isPending} aria-haspopup="menu" aria-label={t("audiences.one.more")} />
      </Dropdown>
    </>
  );
}
