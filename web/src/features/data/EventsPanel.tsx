/** What the team's own event names mean: found by their usual names, or said here. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Input, Select } from "antd";
import { useDeferredValue, useState } from "react";
import { changeMeanings, eventsExportAddress } from "@/api/commands";
import { eventsQuery } from "@/api/queries";
import type { EventName, EventNames } from "@/api/types";
import { useWords } from "@/i18n";
import { ExportButton } from "@/ui/ExportButton";
import { explain } from "@/ui/Explanations";
import { Panel } from "@/ui/Panel";
import { Can } from "@/ui/permissions";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Data.module.css";

export function EventsPanel() {
  const { t } = useWords();
  const { number, share } = useFormat();
  const [q, setQ] = useState("");
  const [unknown, setUnknown] = useState(false);
  const sought = useDeferredValue(q);
  const { data, error, refetch } = useQuery(eventsQuery({ q: sought, unknown }));
  return (
    <Panel title={t("data.events.title")} extra={data && <ExportButton permission="numbers.read" total={data.total} address={eventsExportAddress} />}>
      <p className="muted small">{t("data.events.note")}</p>
      <div className={styles.finding}>
        <Input.Search allowClear className={styles.find} aria-label={t("data.events.search")} placeholder={t("data.events.search")} value={q} onChange={(event) => setQ(event.target.value)} />
        {data && data.unknown > 0 && (
          <Checkbox checked={unknown} onChange={(event) => setUnknown(event.target.checked)}>
            <span {...explain(t("data.events.unknownRows", { share: share(data.unknown_rows / data.rows) }))}>{t("data.events.unknown", { n: number(data.unknown) })}</span>
          </Checkbox>
        )}
      </div>
      {error && <Wrong error={error} onRetry={() => void refetch()} compact />}
      {!data && !error && <Waiting lines={4} />}
      {data && (data.names.length > 0 ? <Names events={data} /> : <p className="muted">{t("data.events.nothing")}</p>)}
    </Panel>
  );
}

type Sort = "name" | "rows" | "customers" | "last_at";

function Names({ events }: { events: EventNames }) {
  const { t } = useWords();
  const { number, instant } = useFormat();
  const [sort, setSort] = useState<{ by: Sort; up: boolean }>({ by: "rows", up: false });
  const names = [...events.names].sort((one, other) => (sort.up ? 1 : -1) * compared(one[sort.by], other[sort.by]));
  const heading = (by: Sort, label: string, right = false) => (
    <th scope="col" className={right ? "right" : undefined} aria-sort={sort.by !== by ? "none" : sort.up ? "ascending" : "descending"}>
      <button type="button" className="plain" onClick={() => setSort({ by, up: sort.by === by ? !sort.up : by === "name" })}>
        {label}
        <span aria-hidden>{sort.by !== by ? "" : sort.up ? " ↑" : " ↓"}</span>
      </button>
    </th>
  );
  return (
    <>
      <div className={`scroll-x ${styles.names}`} tabIndex={0} role="region" aria-label={t("data.events.title")}>
        <table className="table">
          <thead>
            <tr>
              {heading("name", t("data.events.name"))}
              <th scope="col">{t("data.events.means")}</th>
              {heading("rows", t("data.events.rows"), true)}
              {heading("customers", t("data.events.customers"), true)}
              {heading("last_at", t("data.events.last"))}
            </tr>
          </thead>
          <tbody>
            {names.map((one) => (
              <tr key={one.name}>
                <td className={styles.event}>{one.name}</td>
                <td>
                  <Can permission="layerings.write" otherwise="disabled">
                    <Meaning one={one} meanings={events.meanings} />
                  </Can>
                </td>
                <td className="right">{number(one.rows)}</td>
                <td className="right">{number(one.customers)}</td>
                <td className="num muted">{instant(one.last_at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {events.found > events.names.length && <p className="muted small">{t("data.events.more", { n: number(events.found), shown: number(events.names.length) })}</p>}
    </>
  );
}

function compared(one: string | number, other: string | number): number {
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other));
}

function Meaning({ one, meanings }: { one: EventName; meanings: EventNames["meanings"] }) {
  const { t } = useWords();
  const { title } = useFormat();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const put = useMutation({
    mutationFn: (means: string | null) => changeMeanings({ [one.name]: means }),
    onSuccess: () => void cache.invalidateQueries(),
  });
  const change = (means: string | null) => {
    const before = one.said ? one.means : null;
    put.mutate(means, {
      onSuccess: () => {
        const key = `meaning ${one.name}`;
        const undo = () => {
          message.destroy(key);
          put.mutate(before);
        };
        message.success({
          key,
          duration: 8,
          content: (
            <>
              {t("data.events.changed", { name: one.name })}{" "}
              <Button type="link" size="small" onClick={undo}>
                {t("data.events.undo")}
              </Button>
            </>
          ),
        });
      },
    });
  };
  const options = [
    ...meanings.map((meaning) => ({ value: meaning.key, label: title(meaning.words).toLowerCase() === meaning.key ? meaning.key : `${title(meaning.words)} · ${meaning.key}` })),
    ...(one.known && !meanings.some((meaning) => meaning.key === one.means) ? [{ value: one.means, label: one.means }] : []),
    ...(meanings.some((meaning) => meaning.key === one.name) ? [] : [{ value: one.name, label: t("data.events.itself") }]),
  ];
  return (
    <span {...(one.known || one.said ? explain(t(one.said ? "data.events.said" : "data.events.usual")) : {})}>
      <Select
        className={styles.meaning}
        showSearch={{ optionFilterProp: "label" }}
        allowClear={one.said}
        loading={put.isPending}
        status={one.known || one.said ? undefined : "warning"}
        aria-label={t("data.events.meansOf", { name: one.name })}
        placeholder={t("data.events.none")}
        value={one.known || one.said ? one.means : undefined}
        options={options}
        onChange={(means: string | undefined) => change(means ?? null)}
      />
      {put.error && <Wrong error={put.error} compact />}
    </span>
  );
}
