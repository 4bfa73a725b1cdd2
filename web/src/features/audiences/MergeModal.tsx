/** Merging a tag into another, after a look at how many customers come over. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Modal, Select } from "antd";
import { useState } from "react";
import { mergeTag } from "@/api/commands";
import { selectionQuery } from "@/api/queries";
import type { TagInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { useUndo } from "@/ui/useUndo";
import { LabelledField } from "@/ui/LabelledField";
import { freshTags } from "./freshTags";

export function MergeModal({ tag, others, onClose }: { tag: TagInfo; others: TagInfo[]; onClose: () => void }) {
  const { t } = useWords();
  const { say, number } = useFormat();
  const { told } = useUndo();
  const cache = useQueryClient();
  const [into, setInto] = useState<string>();
  const chosen = others.find((one) => one.key === into);
  const both = useQuery({ ...selectionQuery({ all: [{ tag: tag.key }, { tag: into ?? "" }] }, undefined), enabled: chosen !== undefined, placeholderData: undefined });
  const merge = useMutation({
    mutationFn: () => mergeTag(tag.key, into ?? ""),
    onSuccess: (merged) => {
      void freshTags(cache);
      told(t("audiences.merge.done", { from: say(tag.name), into: say(merged.tag.name), n: number(merged.moved), already: number(merged.already) }));
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t("audiences.merge.title", { name: say(tag.name) })}
      okText={t("audiences.merge.yes")}
      okButtonProps={{ danger: true, disabled: !chosen, loading: merge.isPending }}
      cancelText={t("audiences.cancel")}
      onOk={() => merge.mutate()}
      onCancel={onClose}
    >
      <div className="stack">
        <LabelledField label={t("audiences.merge.into")}>
          <Select<string>
            showSearch={{ optionFilterProp: "label" }}
            value={into}
            placeholder={t("rules.choose")}
            options={others.map((one) => ({ value: one.key, label: `${say(one.name)} · ${number(one.customers)}` }))}
            onChange={setInto}
          />
        </LabelledField>
        {chosen && both.isPending && <Waiting lines={2} />}
        {chosen && both.data && (
          <p>
            {t("audiences.merge.look", {
              from: say(tag.name), into: say(chosen.name), both: number(both.data.customers),
              moved: number(count(tag) - both.data.customers), sum: number(count(chosen) + count(tag) - both.data.customers),
            })}
          </p>
        )}
        {(both.error ?? merge.error) && <Wrong error={both.error ?? merge.error} compact />}
      </div>
    </Modal>
  );
}

/** Masked ones, of which it is not told, are not merged. */
const count = (tag: TagInfo) => tag.customers ?? 0;
