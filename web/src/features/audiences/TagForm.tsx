/** A tag that is made, or changed: names, colour, group, description. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Input, Modal, Select } from "antd";
import { useState } from "react";
import { changeTag, createTag } from "@/api/commands";
import type { TagInfo, TagList } from "@/api/types";
import { useWords } from "@/i18n";
import { keyFrom } from "@/ui/keyFrom";
import { TagChip } from "@/ui/TagChip";
import { Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { useUndo } from "@/ui/useUndo";
import { LabelledField } from "./LabelledField";
import styles from "./Tags.module.css";

interface Props {
  list: TagList;
  tag: TagInfo | null;
  onClose: () => void;
}

export function TagForm({ list, tag, onClose }: Props) {
  const { t, language } = useWords();
  const { say } = useFormat();
  const { told } = useUndo();
  const cache = useQueryClient();
  const far = language === "zh" ? "en" : "zh";
  const [name, setName] = useState(tag?.name[language] ?? "");
  const [other, setOther] = useState(tag && tag.name[far] !== tag.name[language] ? tag.name[far] : "");
  const [colour, setColour] = useState<TagInfo["colour"]>(tag?.colour ?? "green");
  const [group, setGroup] = useState<string | null>(tag?.group ?? null);
  const [description, setDescription] = useState(tag?.description ?? "");
  const [ownKey, setOwnKey] = useState<string>();
  const key = tag?.key ?? ownKey ?? keyFrom(language === "en" ? name : other, "tag", list.tags.map((one) => one.key));
  const both = language === "zh" ? { zh: name.trim(), en: other.trim() || name.trim() } : { en: name.trim(), zh: other.trim() || name.trim() };
  const save = useMutation({
    mutationFn: () => {
      const asked = { name: both, colour, group, description };
      return tag ? changeTag(tag.key, asked) : createTag({ key, ...asked });
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
      okButtonProps={{ disabled: !name.trim(), loading: save.isPending, htmlType: "submit", form: "tag-form" }}
      onCancel={onClose}
    >
      <form
        id="tag-form"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save.mutate();
        }}
      >
        <LabelledField label={t("audiences.tags.column.name")}>
          <Input autoFocus value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </LabelledField>
        <LabelledField label={t("audiences.tags.otherName")}>
          <Input value={other} maxLength={60} placeholder={name} onChange={(event) => setOther(event.target.value)} />
        </LabelledField>
        {!tag && (
          <LabelledField label={t("audiences.tags.column.key")}>
            <Input value={key} maxLength={60} onChange={(event) => setOwnKey(event.target.value)} />
          </LabelledField>
        )}
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
        <LabelledField label={t("audiences.tags.column.description")}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} value={description} onChange={(event) => setDescription(event.target.value)} />
        </LabelledField>
        {save.error && <Wrong error={save.error} compact />}
      </form>
    </Modal>
  );
}
