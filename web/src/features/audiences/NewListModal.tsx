/** An audience that is a fixed list of customers. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Modal } from "antd";
import { useState } from "react";
import { createAudience } from "@/api/commands";
import { useWords } from "@/i18n";
import { Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { useUndo } from "@/ui/useUndo";
import { asNamed, isGiven, NOBODY } from "@/ui/ids";
import { IdsInput } from "./IdsInput";
import { NameFields } from "./NameFields";
import { useNaming } from "./useNaming";

export function NewListModal({ taken, onClose }: { taken: string[]; onClose: () => void }) {
  const { t } = useWords();
  const { say, number } = useFormat();
  const { told } = useUndo();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const naming = useNaming("audience", taken, null);
  const [given, setGiven] = useState(NOBODY);
  const save = useMutation({
    mutationFn: () => createAudience({ key: naming.key, name: naming.both, description: naming.description, rule: null, ids: [], text: "", ...asNamed(given) }),
    onSuccess: ({ audience, read }) => {
      void cache.invalidateQueries({ queryKey: ["audiences"] });
      told(t("audiences.lists.done", { name: say(audience.name), kept: number(read?.kept), unknown: number(read?.unknown), repeated: number(read?.repeated) }));
      void navigate({ to: "/audiences/$key", params: { key: audience.key } });
    },
  });
  const ready = naming.named && isGiven(given);
  return (
    <Modal
      open
      title={t("audiences.lists.new")}
      okText={t("audiences.save")}
      cancelText={t("audiences.cancel")}
      okButtonProps={{ disabled: !ready, loading: save.isPending, htmlType: "submit", form: "list-form" }}
      onCancel={onClose}
    >
      <form
        id="list-form"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) save.mutate();
        }}
      >
        <p className="muted small">{t("audiences.lists.what")}</p>
        <NameFields naming={naming} />
        <IdsInput value={given} onChange={setGiven} />
        {save.error && <Wrong error={save.error} compact />}
      </form>
    </Modal>
  );
}
