/** The tags in rows: what each is, how many have it, who made it, and what can be done to it. */
import { MoreOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { removeTag } from "@/api/commands";
import type { TagInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { Actor } from "@/ui/Actor";
import { explain } from "@/ui/Explanations";
import { MaskedMark } from "@/ui/MaskedMark";
import { Can } from "@/ui/permissions";
import { TagChip } from "@/ui/TagChip";
import { useFormat } from "@/ui/useFormat";
import { useUndo } from "@/ui/useUndo";
import { freshTags } from "./freshTags";
import { MergeModal } from "./MergeModal";
import { byHand, type Look, type TagSort } from "./tagList";
import styles from "./Tags.module.css";

interface Props {
  tags: TagInfo[];
  all: TagInfo[];
  /** The names of groups by their keys. */
  named: Map<string, string>;
  look: Look;
  onLook: (look: Look) => void;
  onOpen: (key: string) => void;
  onEdit: (tag: TagInfo) => void;
}

export function TagTable({ tags, all, named, look, onLook, onOpen, onEdit }: Props) {
  const { t } = useWords();
  const { say, number, instant } = useFormat();
  const [merging, setMerging] = useState<TagInfo | null>(null);
  const heading = (by: TagSort, label: string, right = false) => (
    <th scope="col" className={right ? "right" : undefined} aria-sort={look.by !== by ? "none" : look.up ? "ascending" : "descending"}>
      <button type="button" className="plain" onClick={() => onLook({ ...look, by, up: look.by === by ? !look.up : by !== "customers" })}>
        {label}
        <span aria-hidden>{look.by !== by ? "" : look.up ? " ↑" : " ↓"}</span>
      </button>
    </th>
  );
  if (!tags.length) return <p className="muted">{t("audiences.tags.nothing")}</p>;
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t("audiences.tab.tags")}>
      <table className="table">
        <thead>
          <tr>
            {heading("name", t("audiences.tags.column.name"))}
            <th scope="col">{t("audiences.tags.column.group")}</th>
            {heading("customers", t("audiences.tags.column.customers"), true)}
            <th scope="col">{t("audiences.tags.column.description")}</th>
            {heading("made_by", t("audiences.tags.column.madeBy"))}
            {heading("made_at", t("audiences.tags.column.madeAt"))}
            <td />
          </tr>
        </thead>
        <tbody>
          {tags.map((tag) => (
            <tr key={tag.key}>
              <td>
                <button type="button" className={`plain ${styles.name}`} onClick={() => onOpen(tag.key)}>
                  <TagChip colour={tag.colour}>{say(tag.name)}</TagChip>
                </button>
                {(tag.rule || tag.masked) && (
                  <span className={styles.byRule} {...explain(t("audiences.tags.followsRule"), tag.followed_at && t("audiences.tags.inStep", { at: instant(tag.followed_at) }))}>
                    {t("audiences.tags.given.rule")}
                  </span>
                )}
              </td>
              <td>{named.get(tag.group ?? "") ?? <span className="muted">–</span>}</td>
              <td className="right">{tag.masked ? <MaskedMark /> : number(tag.customers)}</td>
              <td className={styles.description}>{tag.description}</td>
              <td className="muted num">
                <Actor actor={tag.made_by} />
              </td>
              <td className="num muted">{instant(tag.made_at)}</td>
              <td className="right">
                <Can permission={tag.masked ? "customers.personal" : "audiences.write"}>
                  <Deeds tag={tag} alone={tag.rule !== null || !all.some((one) => one.key !== tag.key && byHand(one))} onEdit={() => onEdit(tag)} onMerge={() => setMerging(tag)} />
                </Can>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {merging && <MergeModal tag={merging} others={all.filter((one) => one.key !== merging.key && byHand(one))} onClose={() => setMerging(null)} />}
    </div>
  );
}

function Deeds({ tag, alone, onEdit, onMerge }: { tag: TagInfo; alone: boolean; onEdit: () => void; onMerge: () => void }) {
  const { t } = useWords();
  const { say, number } = useFormat();
  const { modal } = App.useApp();
  const { told, refused } = useUndo();
  const cache = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeTag(tag.key),
    onSuccess: () => {
      void freshTags(cache);
      told(t("audiences.tags.removed", { name: say(tag.name) }));
    },
    onError: refused,
  });
  const ask = () =>
    void modal.confirm({
      title: t("audiences.tags.removeAsk", { name: say(tag.name) }),
      content: t("audiences.tags.removeWhat", { count: tag.customers ?? 0, n: number(tag.customers) }),
      okText: t("audiences.tags.remove"),
      okButtonProps: { danger: true },
      cancelText: t("audiences.cancel"),
      onOk: () => remove.mutateAsync().catch(() => undefined),
    });
  const items = [
    { key: "edit", label: t("audiences.tags.edit"), onClick: onEdit },
    { key: "merge", label: t("audiences.tags.merge"), disabled: alone, onClick: onMerge },
    { key: "remove", label: t("audiences.tags.remove"), danger: true, onClick: ask },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
      <Button type="text" size="small" icon={<MoreOutlined />} aria-haspopup="menu" aria-label={t("audiences.tags.deeds", { name: say(tag.name) })} />
    </Dropdown>
  );
}
