/** A tag that is made, or changed: names, colour, group, description, and the rule that it may follow. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Modal, Segmented, Select } from "antd";
import { useState } from "react";
import { changeTag, createTag } from "@/api/commands";
import type { TagInfo, TagList } from "@/api/types";
import { useWords } from "@/i18n";
import type { Rule } from "@/ui/rules/tree";
import { TagChip } from "@/ui/TagChip";
import { Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { useUndo } from "@/ui/useUndo";
import { LabelledField } from "@/ui/LabelledField";
import { freshTags } from "./freshTags";
import { NameFields } from "./NameFields";
import { RulePart } from "./RulePart";
import { BLANK } from "./starts";
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
  const [rule, setRule] = useState((tag?.rule ?? null) as Rule | null);
  const [byRule, setByRule] = useState(rule !== null);
  // Two rules may meet the same customer, so that a tag of an exclusive group can't follow one.
  const exclusive = new Set(list.groups.filter((one) => one.exclusive).map((one) => one.key));
  const clash = byRule && group !== null && exclusive.has(group);
  const ready = naming.named && !clash && (!byRule || rule !== null);
  const save = useMutation({
    mutationFn: () => {
      const asked = { name: naming.both, colour, group, description: naming.description, rule: byRule ? rule : null };
      return tag ? changeTag(tag.key, { ...asked, base_version: tag.version }) : createTag({ key: naming.key, ...asked });
    },
    onSuccess: (saved) => {
      void freshTags(cache);
      told(t(tag ? "audiences.tags.changed" : "audiences.tags.made", { name: say(saved.name) }));
      onClose();
    },
    // Somebody else may have changed it meanwhile: the list shows theirs behind the form, which keeps its own.
    onError: () => void freshTags(cache),
  });
  return (
    <Modal
      open
      width={byRule ? Math.min(860, window.innerWidth - 16) : undefined}
      title={t(tag ? "audiences.tags.edit" : "audiences.tags.new")}
      okText={t("audiences.save")}
      cancelText={t("audiences.cancel")}
      okButtonProps={{ disabled: !ready, loading: save.isPending, htmlType: "submit", form: "tag-form" }}
      onCancel={onClose}
    >
      <form
        id="tag-form"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) save.mutate();
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
            options={list.groups.map((one) => ({ value: one.key, disabled: byRule && one.exclusive, label: one.exclusive ? `${say(one.name)} · ${t("audiences.groups.exclusive")}` : say(one.name) }))}
            onChange={(next) => setGroup(next ?? null)}
          />
        </LabelledField>
        {clash && <p className="warn small">{t("audiences.tags.noRuleInExclusive")}</p>}
        <Segmented<"hand" | "rule">
          aria-label={t("audiences.tags.how")}
          className={styles.deed}
          value={byRule ? "rule" : "hand"}
          options={(["hand", "rule"] as const).map((one) => ({ value: one, label: t(`audiences.tags.given.${one}`) }))}
          onChange={(how) => {
            setByRule(how === "rule");
            if (how === "rule" && rule === null) setRule(structuredClone(BLANK));
          }}
        />
        {byRule && <RulePart rule={rule} onChange={setRule} tag={tag} />}
        {!byRule && tag?.rule && <p className="warn small">{t("audiences.tags.ruleGoes")}</p>}
        {save.error && <Wrong error={save.error} compact />}
      </form>
    </Modal>
  );
}
