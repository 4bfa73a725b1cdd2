/** The groups of tags: made, renamed, made exclusive, taken away. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Modal, Switch } from "antd";
import { useState } from "react";
import { changeTagGroup, createTagGroup, removeTagGroup } from "@/api/commands";
import type { TagGroupInfo, TagList } from "@/api/types";
import { useWords } from "@/i18n";
import { keyFrom } from "@/ui/keyFrom";
import { Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { freshTags } from "./freshTags";
import styles from "./Tags.module.css";

export function GroupsModal({ list, onClose }: { list: TagList; onClose: () => void }) {
  const { t, language } = useWords();
  const cache = useQueryClient();
  const [name, setName] = useState("");
  const fresh = () => freshTags(cache);
  const make = useMutation({
    mutationFn: () => {
      const key = keyFrom(language === "en" ? name : "", "group", list.groups.map((one) => one.key));
      return createTagGroup({ key, name: { zh: name.trim(), en: name.trim() }, exclusive: false });
    },
    onSuccess: () => {
      setName("");
      return fresh();
    },
  });
  return (
    <Modal open title={t("audiences.groups.title")} footer={null} onCancel={onClose}>
      <p className="muted small">{t("audiences.groups.what")}</p>
      <ul className={styles.groups}>
        {list.groups.map((group) => (
          <Group key={group.key} group={group} tags={list.tags.filter((tag) => tag.group === group.key).length} onDone={fresh} />
        ))}
      </ul>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) make.mutate();
        }}
      >
        <Input className={styles.find} value={name} maxLength={60} aria-label={t("audiences.groups.new")} placeholder={t("audiences.groups.new")} onChange={(event) => setName(event.target.value)} />
        <Button htmlType="submit" icon={<PlusOutlined />} disabled={!name.trim()} loading={make.isPending}>
          {t("audiences.groups.make")}
        </Button>
      </form>
      {make.error && <Wrong error={make.error} compact />}
    </Modal>
  );
}

function Group({ group, tags, onDone }: { group: TagGroupInfo; tags: number; onDone: () => Promise<unknown> }) {
  const { t, language } = useWords();
  const { say } = useFormat();
  const [name, setName] = useState(say(group.name));
  const change = useMutation({
    mutationFn: (asked: Partial<TagGroupInfo>) => changeTagGroup(group.key, { name: group.name, exclusive: group.exclusive, base_version: group.version, ...asked }),
    onSettled: onDone,
  });
  const remove = useMutation({ mutationFn: () => removeTagGroup(group.key), onSuccess: onDone });
  const rename = () => {
    const said = name.trim();
    if (said && said !== say(group.name)) change.mutate({ name: { ...group.name, [language]: said } });
  };
  return (
    <li>
      <div className={styles.groupLine}>
        <Input value={name} maxLength={60} aria-label={t("audiences.groups.name", { name: say(group.name) })} onChange={(event) => setName(event.target.value)} onBlur={rename} onPressEnter={rename} />
        <span className="muted small num">{t("audiences.groups.tags", { count: tags })}</span>
        <label className="row">
          <Switch size="small" checked={group.exclusive} loading={change.isPending} aria-label={t("audiences.groups.exclusiveOf", { name: say(group.name) })} onChange={(exclusive) => change.mutate({ exclusive })} />
          {t("audiences.groups.exclusive")}
        </label>
        <Button type="text" size="small" icon={<DeleteOutlined />} loading={remove.isPending} title={t("audiences.groups.removeWhat")} aria-label={t("audiences.groups.remove", { name: say(group.name) })} onClick={() => remove.mutate()} />
      </div>
      {(change.error ?? remove.error) && <Wrong error={change.error ?? remove.error} compact />}
    </li>
  );
}
