/** A tag that is made, or changed: names, colour, group, description. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Modal, Select } from "antd";
import { useState } from "react";
import { changeTag, createTag } from "@/api/commands";
import type { TagInfo, TagList } from "@/api/types";
import { useWords } from "@/i18n";
import { TagChip } from "@/ui/TagChip";
import { Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { useUndo } from "@/ui/useUndo";
import { LabelledField } from "@/ui/LabelledField";
import { NameFields } from "./NameFields";
import styles from "./Tags.module.css";
import { useNaming } from "./useNaming";

interface Props {
  list: TagList;
  tag: TagInfo | null;
  onClose: () => void;
}

export function TagForm({ list, tag, onClose }: Props) {
  const { t } = useWords();
  const { say } = useFormat();
  const { told } = useUndo();
  const cache = useQueryClient();
  const naming = useNaming("tag", list.tags.map((one) => one.key), tag);
  const [colour, setColour] = useState<TagInfo["colour"]>(tag?.colour ?? "green");
  const [group, setGroup] = useState<string | null>(tag?.group ?? null);
  const save = useMutation({
    mutationFn: () => {
      // What the form does not show stays as it is: a tag without its rule would follow nothing any more.
      const asked = { name: naming.both, colour, group, description: naming.description, rule: tag?.rule ?? null };
      return tag ? changeTag(tag.key, asked) : createTag({ key: naming.key, ...asked });
    },
    onSuccess: (saved) => {
      void cache.invalidateQueries({ queryKey: ["tags"] });
      told(t(tag ? "audiences.tags.changed" : "audiences.tags.made", { name: say(saved.name) }));
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t(tag ? "audiences.tags.edit" : "audiences.tags.new")}
      okText={t("audiences.save")}
      cancelText={t("audiences.cancel")}
      okButtonProps={{ disabled: !naming.named, loading: save.isPending, htmlType: "submit", form: "tag-form" }}
      onCancel={onClose}
    >
      <form
        id="tag-form"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (naming.named) save.mutate();
        }}
      >
        <NameFields naming={naming} />
        <div className={styles.colours} role="radiogroup" aria-label={t("audiences.tags.column.colour")}>
          {list.colours.map((one) => (
            <label key={one} className={styles.colour} data-chosen={one === colour}>
              <input type="radio" name="colour" className="unseen" checked={one === colour} onChange={() => setColour(one)} />
              <TagChip colour={one}>{t(`audiences.colour.${one}`)}</TagChip>
            </label>
          ))}
        </div>
        <LabelledField label={t("audiences.tags.column.group")}>
          <Select<string>
            allowClear
            value={group ?? undefined}
            placeholder={t("audiences.tags.noGroup")}
            options={list.groups.map((one) => ({ value: one.key, label: one.exclusive ? `${say(one.name)} · ${t("audiences.groups.exclusive")}` : say(one.name) }))}
            onChange={(next) => setGroup(next ?? null)}
          />
        </LabelledField>
        {save.error && <Wrong error={save.error} compact />}
      </form>
    </Modal>
  );
}
