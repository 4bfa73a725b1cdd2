/** Taking a definition out of force; while others rest on it, it says which, and does not. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { removeAudience, removeLayering, removeTag, removeTagGroup } from "@/api/commands";
import { refreshAll, restoreDefinition } from "@/api/definitions";
import type { DefinitionInForce } from "@/api/types";
import { useWords } from "@/i18n";
import { useUndo } from "@/ui/useUndo";
import { useCalled, useNamed } from "./places";

const REMOVE: Partial<Record<DefinitionInForce["sort"], (key: string) => Promise<unknown>>> = { layerings: removeLayering, audiences: removeAudience, tags: removeTag, tag_groups: removeTagGroup };

export function DeleteButton({ one }: { one: DefinitionInForce }) {
  const { t } = useWords();
  const called = useCalled();
  const named = useNamed();
  const { modal } = App.useApp();
  const { told, refused } = useUndo();
  const cache = useQueryClient();
  const does = REMOVE[one.sort];
  const remove = useMutation({
    mutationFn: async () => does?.(one.key),
    onSuccess: () => {
      refreshAll(cache);
      const undo = () => restoreDefinition(one.sort, one.key, null, null).then(() => refreshAll(cache));
      // A tag comes back without those who had it: that would be no undoing.
      told(t("definitions.remove.done", { name: called(one) }), one.sort === "tags" ? undefined : undo);
    },
    onError: refused,
  });
  // A layering of the house has the name of its kind, and stays whatever is published of it.
  if (!does || (one.sort === "layerings" && one.kind === one.key)) return null;
  const users = one.used_by.map((place) => named(place).name);
  const refuse = () =>
    void modal.warning({
      title: t("definitions.remove.inUse"),
      content: (
        <ul>
          {users.map((user) => (
            <li key={user}>{user}</li>
          ))}
        </ul>
      ),
      okText: t("definitions.remove.understood"),
    });
  const ask = () =>
    void modal.confirm({
      title: t("definitions.remove.ask", { name: called(one) }),
      content: t(one.sort === "tags" ? "definitions.remove.whatTag" : "definitions.remove.what"),
      okText: t("definitions.remove.action"),
      okButtonProps: { danger: true },
      cancelText: t("definitions.cancel"),
      onOk: () => remove.mutateAsync().catch(() => undefined),
    });
  return (
    <Button danger loading={remove.isPending} onClick={users.length ? refuse : ask}>
      {t("definitions.remove.action")}
    </Button>
  );
}
