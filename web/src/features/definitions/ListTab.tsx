/** What is in force: found, filtered, sorted, taken along as a file. */
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { definitionsQuery } from "@/api/definitions";
import type { DefinitionInForce } from "@/api/types";
import { saveCsv } from "@/charts/save";
import { useWords } from "@/i18n";
import { Actor, useActor } from "@/ui/Actor";
import { explain } from "@/ui/Explanations";
import { MaskedMark } from "@/ui/MaskedMark";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import { Nothing, Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { FIRST, looked, type By, type Look } from "./definitionList";
import styles from "./Definitions.module.css";
import { pageOf, SORTS, useCalled, useNamed } from "./places";

const ORIGINS = ["here", "file", "house", "all"] as const;

export function ListTab() {
  const { data, error, refetch } = useQuery(definitionsQuery);
  return (
    <Panel>
      {error && <Wrong error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting lines={8} />}
      {data && <Found all={data} />}
    </Panel>
  );
}

function Found({ all }: { all: DefinitionInForce[] }) {
  const { t } = useWords();
  const { instant } = useFormat();
  const called = useCalled();
  const actor = useActor();
  const own = all.some((one) => one.origin !== "house");
  const [look, setLook] = useState<Look>(own ? FIRST : { ...FIRST, origin: "house", by: "name", up: true });
  const shown = looked(all, look, called);
  const columns = (["sort", "kind", "key", "name", "version", "at", "by", "origin", "usedBy"] as const).map((column) => t(`definitions.column.${column}`));
  const save = () =>
    saveCsv(
      { columns, rows: shown.map((one) => [t(`definitions.sort.${one.sort}`), one.kind, one.key, called(one), one.version, one.at ? instant(one.at) : "", actor(one.by), t(`definitions.origin.${one.origin}`), one.used_by.join(" ")]) },
      "definitions",
    );
  return (
    <>
      <div className={styles.bar}>
        <Input.Search allowClear className={styles.find} aria-label={t("definitions.find")} placeholder={t("definitions.find")} onChange={(event) => setLook({ ...look, text: event.target.value })} />
        <Select<string>
          className={styles.pick}
          allowClear
          aria-label={t("definitions.column.sort")}
          placeholder={t("definitions.allSorts")}
          value={look.sort}
          options={SORTS.map((sort) => ({ value: sort, label: t(`definitions.sort.${sort}`) }))}
          onChange={(sort) => setLook({ ...look, sort })}
        />
        <Select<string>
          className={styles.pick}
          allowClear
          aria-label={t("definitions.column.origin")}
          placeholder={t("definitions.ours")}
          value={look.origin}
          options={ORIGINS.map((origin) => ({ value: origin, label: t(`definitions.origin.${origin}`) }))}
          onChange={(origin) => setLook({ ...look, origin })}
        />
        <span className="push" />
        <Button disabled={shown.length === 0} onClick={save}>
          {t("definitions.export")}
        </Button>
      </div>
      {shown.length > 0 && <Rows shown={shown} look={look} onLook={setLook} />}
      {shown.length === 0 && own && <p className="muted">{t("definitions.nothing")}</p>}
      {shown.length === 0 && !own && <Nothing title={t("definitions.none")}>{t("definitions.noneWhat")}</Nothing>}
    </>
  );
}

function Rows({ shown, look, onLook }: { shown: DefinitionInForce[]; look: Look; onLook: (look: Look) => void }) {
  const { t } = useWords();
  const heading = (by: By, label: string, right = false) => (
    <th scope="col" className={right ? "right" : undefined} aria-sort={look.by !== by ? "none" : look.up ? "ascending" : "descending"}>
      <button type="button" className="plain" onClick={() => onLook({ ...look, by, up: look.by === by ? !look.up : by === "name" })}>
        {label}
        <span aria-hidden>{look.by !== by ? "" : look.up ? " ↑" : " ↓"}</span>
      </button>
    </th>
  );
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t("definitions.tab.list")}>
      <table className="table">
        <thead>
          <tr>
            {heading("name", t("definitions.column.name"))}
            <th scope="col">{t("definitions.column.sort")}</th>
            {heading("version", t("definitions.column.version"), true)}
            {heading("at", t("definitions.column.at"))}
            <th scope="col">{t("definitions.column.by")}</th>
            <th scope="col">{t("definitions.column.origin")}</th>
            {heading("used", t("definitions.column.usedBy"), true)}
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <Row key={`${one.sort}/${one.key}`} one={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ one }: { one: DefinitionInForce }) {
  const { t } = useWords();
  const { number, instant } = useFormat();
  const called = useCalled();
  const named = useNamed();
  return (
    <tr>
      <td>
        <PathLink path={pageOf(one)}>{called(one)}</PathLink> <span className="muted small">{one.key}</span> {one.masked && <MaskedMark />}
      </td>
      <td className="num">
        {t(`definitions.sort.${one.sort}`)} {one.kind !== one.key && !["mappings", "tag_groups"].includes(one.sort) && <span className="muted small">{t(`definitions.kind.${one.kind}`, { defaultValue: one.kind })}</span>}
      </td>
      <td className="right">{number(one.version)}</td>
      <td className="num muted">{one.at ? instant(one.at) : "–"}</td>
      <td className="muted num">
        <Actor actor={one.by} />
      </td>
      <td className="muted num">{t(`definitions.origin.${one.origin}`)}</td>
      <td className="right">{one.used_by.length ? <span {...explain(...one.used_by.map((place) => named(place).name))}>{number(one.used_by.length)}</span> : <span className="muted">–</span>}</td>
    </tr>
  );
}
