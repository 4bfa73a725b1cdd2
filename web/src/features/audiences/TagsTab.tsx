/** The tags of the workspace: found, sorted, made, changed, and each with its customers. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { tagsQuery } from "@/api/queries";
import type { TagInfo, TagList } from "@/api/types";
import { saveCsv } from "@/charts/save";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { Panel } from "@/ui/Panel";
import { Can } from "@/ui/permissions";
import { Refused } from "@/ui/Refused";
import { Nothing, Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { GroupsModal } from "./GroupsModal";
import { TagDrawer } from "./TagDrawer";
import { TagForm } from "./TagForm";
import { byHand, looked, type Look } from "./tagList";
import styles from "./Tags.module.css";
import { TagTable } from "./TagTable";
import { useRefresh } from "./useRefresh";

export default function TagsTab() {
  const { data, error, refetch } = useQuery(tagsQuery);
  return (
    <Panel>
      {error && <Wrong error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting lines={8} />}
      {data && <Tags list={data} />}
    </Panel>
  );
}

function Tags({ list }: { list: TagList }) {
  const { t, language } = useWords();
  const { say, instant } = useFormat();
  const { tag: open } = useSearch({ from: "/audiences" });
  const navigate = useNavigate({ from: "/audiences" });
  const [look, setLook] = useState<Look>({ text: "", group: undefined, by: "customers", up: false });
  const [form, setForm] = useState<TagInfo | "new" | null>(null);
  const [groups, setGroups] = useState(false);
  const refresh = useRefresh();
  const show = (key?: string) => void navigate({ search: (before) => ({ ...before, tag: key }), replace: true, resetScroll: false });
  const named = new Map(list.groups.map((group) => [group.key, say(group.name)]));
  const shown = looked(list.tags, look, language);
  const opened = list.tags.find((one) => one.key === open);
  const columns = (["key", "name", "group", "colour", "customers", "given", "madeBy", "madeAt"] as const).map((column) => t(`audiences.tags.column.${column}`));
  const save = () =>
    saveCsv({ columns, rows: shown.map((one) => [one.key, say(one.name), named.get(one.group ?? "") ?? "", one.colour, one.customers ?? "", t(`audiences.tags.given.${byHand(one) ? "hand" : "rule"}`), one.made_by, instant(one.made_at)]) }, "tags");
  const make = (
    <Can permission="audiences.write">
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setForm("new")}>
        {t("audiences.tags.new")}
      </Button>
    </Can>
  );
  return (
    <div className="stack">
      <Refused items={open && !opened ? [{ name: "tag", given: open, instead: t("audiences.tags.all") }] : []} />
      {list.tags.length === 0 ? (
        <Nothing title={t("audiences.tags.none")} action={make}>
          {t("audiences.tags.noneWhat")}
        </Nothing>
      ) : (
        <>
          <div className={styles.bar}>
            <Input.Search allowClear className={styles.find} aria-label={t("audiences.tags.find")} placeholder={t("audiences.tags.find")} onChange={(event) => setLook({ ...look, text: event.target.value })} />
            <Select<string>
              className={styles.group}
              aria-label={t("audiences.tags.group")}
              allowClear
              placeholder={t("audiences.tags.allGroups")}
              value={look.group}
              options={[...list.groups.map((group) => ({ value: group.key, label: say(group.name) })), { value: "", label: t("audiences.tags.noGroup") }]}
              onChange={(group) => setLook({ ...look, group })}
            />
            <span className="push" />
            {list.tags.some((one) => one.rule) && (
              <Button loading={refresh.isPending} onClick={() => refresh.mutate()} {...explain(t("audiences.tags.refreshWhat"))}>
                {t("audiences.tags.refreshAll")}
              </Button>
            )}
            <Button onClick={save}>{t("audiences.tags.export")}</Button>
            <Can permission="audiences.write">
              <Button onClick={() => setGroups(true)}>{t("audiences.groups.title")}</Button>
            </Can>
            {make}
          </div>
          <TagTable tags={shown} all={list.tags} named={named} look={look} onLook={setLook} onOpen={show} onEdit={setForm} />
        </>
      )}
      {form && <TagForm list={list} tag={form === "new" ? null : form} onClose={() => setForm(null)} />}
      {groups && <GroupsModal list={list} onClose={() => setGroups(false)} />}
      {opened && <TagDrawer key={opened.key} tag={opened} group={named.get(opened.group ?? "")} onEdit={() => setForm(opened)} onClose={() => show()} />}
    </div>
  );
}
