/** The tags of a customer: added by typing, made on the fly, taken off, each with a way back. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { createTag, giveTag, takeTag, undoTagBatch } from "@/api/commands";
import { customerTagsQuery, tagsQuery } from "@/api/queries";
import type { CustomerTag } from "@/api/types";
import { useWords } from "@/i18n";
import { useActor } from "@/ui/Actor";
import { keyFrom } from "@/ui/keyFrom";
import { usePermission } from "@/ui/permissions";
import { TagChip } from "@/ui/TagChip";
import { useFormat } from "@/ui/useFormat";
import { useUndo } from "@/ui/useUndo";
import styles from "./Portrait.module.css";

const NEW = "+";

export function CustomerTags({ customerId }: { customerId: string }) {
  const { t } = useWords();
  const { say, instant } = useFormat();
  const marks = usePermission("customers.mark");
  const held = useQuery(customerTagsQuery(customerId));
  const { give, take } = useTagging(customerId);
  const actor = useActor();
  const meant = (tag: CustomerTag) =>
    [t("customers.tags.since", { at: instant(tag.since), who: actor(tag.by) }), tag.why, tag.by_rule && t("customers.tags.byRule")].filter(Boolean).join("\n");
  if (!held.data) return null;
  return (
    <span className={styles.tags} role="group" aria-label={t("customers.tags.title")}>
      {held.data.map((tag) => (
        <TagChip key={tag.tag} colour={tag.colour} title={meant(tag)} removeLabel={t("customers.tags.remove", { name: say(tag.name) })} onRemove={marks && !tag.by_rule ? () => take.mutate(tag) : undefined}>
          {say(tag.name)}
        </TagChip>
      ))}
      {marks && <AddTag held={held.data} busy={give.isPending} onAdd={give.mutate} />}
    </span>
  );
}

interface Added {
  key: string;
  name: string;
  /** Whether it has to be made first. */
  made: boolean;
}

function AddTag({ held, busy, onAdd }: { held: CustomerTag[]; busy: boolean; onAdd: (added: Added) => void }) {
  const { t } = useWords();
  const { say } = useFormat();
  const makes = usePermission("audiences.write");
  const [typed, setTyped] = useState("");
  const tags = useQuery(tagsQuery).data?.tags ?? [];
  const name = typed.trim();
  const taken = tags.some((tag) => [tag.name.zh, tag.name.en, tag.key].some((said) => said.toLowerCase() === name.toLowerCase()));
  // A tag by rule is given by its rule alone.
  const free = tags.filter((tag) => tag.rule === null && !tag.masked && !held.some((one) => one.tag === tag.key)).map((tag) => ({ value: tag.key, label: say(tag.name) }));
  const options = makes && name && !taken ? [...free, { value: NEW, label: t("customers.tags.make", { name }) }] : free;
  const choose = (key: string) => {
    if (key === NEW) onAdd({ key: keyFrom(name, "tag", tags.map((tag) => tag.key)), name, made: true });
    else onAdd({ key, name: free.find((one) => one.value === key)?.label ?? key, made: false });
    setTyped("");
  };
  return (
    <Select<string>
      className={styles.addTag}
      size="small"
      aria-label={t("customers.tags.add")}
      placeholder={t("customers.tags.add")}
      loading={busy}
      value={null}
      popupMatchSelectWidth={200}
      showSearch={{
        searchValue: typed,
        onSearch: setTyped,
        filterOption: (text, option) => option?.value === NEW || String(option?.label).toLowerCase().includes(text.trim().toLowerCase()),
      }}
      notFoundContent={<span className="muted">{t("customers.tags.none")}</span>}
      options={options}
      onSelect={choose}
    />
  );
}

function useTagging(customerId: string) {
  const { t } = useWords();
  const { say } = useFormat();
  const { told, refused } = useUndo();
  const cache = useQueryClient();
  const fresh = () => {
    for (const name of ["tags", "selection", "audiences", "audience", "definitions"]) void cache.invalidateQueries({ queryKey: [name] });
  };
  const way = (batch: string | null) => batch === null ? undefined : () => undoTagBatch(batch).then(fresh);
  const give = useMutation({
    mutationFn: async ({ key, name, made }: Added) => {
      if (made) await createTag({ key, name: { zh: name, en: name }, colour: "grey", group: null, description: "" });
      return giveTag(key, { ids: [customerId] });
    },
    onSuccess: (report, { name }) => {
      fresh();
      told(t("customers.tags.given", { name }), way(report.batch));
    },
    onError: refused,
  });
  const take = useMutation({
    mutationFn: (tag: CustomerTag) => takeTag(tag.tag, { ids: [customerId] }),
    onSuccess: (report, tag) => {
      fresh();
      told(t("customers.tags.taken", { name: say(tag.name) }), way(report.batch));
    },
    onError: refused,
  });
  return { give, take };
}
