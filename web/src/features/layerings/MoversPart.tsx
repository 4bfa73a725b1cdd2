/** Who came to another layer on a chosen day, with a way to each of them and into a file. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Select } from "antd";
import { useState } from "react";
import { movesExportAddress } from "@/api/commands";
import { movesQuery, type Spanned } from "@/api/queries";
import type { LayeringHistory, Movers } from "@/api/types";
import { LayerTag } from "@/charts/LayerTag";
import { paints } from "@/charts/palette";
import { useWords } from "@/i18n";
import { ExportButton } from "@/ui/ExportButton";
import { useLook } from "@/ui/look";
import { PathLink } from "@/ui/PathLink";
import { Refused } from "@/ui/Refused";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./HistoryTab.module.css";

interface Props {
  layering: string;
  history: LayeringHistory;
  asked: Spanned;
}

export function MoversPart({ layering, history, asked }: Props) {
  const { t } = useWords();
  const { title, number } = useFormat();
  const { day: said } = useSearch({ from: "/layerings/$key" });
  const navigate = useNavigate({ from: "/layerings/$key" });
  const [layer, setLayer] = useState<string>();
  const days = history.days.map((day, at) => ({ day, moved: history.moved[at] ?? 0 })).filter(({ moved }) => moved > 0).reverse();
  const chosen = days.find(({ day }) => day === said) ?? days[0];
  if (!chosen) return null;
  const query = { ...asked, day: chosen.day, layer };
  return (
    <section className="stack" aria-labelledby="movers">
      <h3 id="movers" className={styles.title}>{t("layerings.moversOn.title")}</h3>
      <Refused items={said !== undefined && said !== chosen.day ? [{ name: "day", given: said, instead: chosen.day }] : []} />
      <div className="row">
        <Select
          aria-label={t("layerings.history.day")}
          className={styles.day}
          showSearch
          value={chosen.day}
          options={days.map(({ day, moved }) => ({ value: day, label: t("layerings.moversOn.day", { day, count: moved, n: number(moved) }) }))}
          onChange={(day) => void navigate({ search: (before) => ({ ...before, day }), replace: true, resetScroll: false })}
        />
        <Select
          aria-label={t("charts.layer")}
          className={styles.layer}
          allowClear
          placeholder={t("layerings.moversOn.anyLayer")}
          value={layer}
          options={history.layers.map((one) => ({ value: one.key, label: title(one.name) }))}
          onChange={setLayer}
        />
        <ExportButton permission="customers.export" total={chosen.moved} address={(format) => movesExportAddress(layering, query, format)} />
      </div>
      <Listed layering={layering} query={query} every={history.every} />
    </section>
  );
}

interface ListedProps {
  layering: string;
  query: Spanned & { day: string; layer?: string };
  /** day, week or month: in which time before the day they moved. */
  every: string;
}

function Listed({ layering, query, every }: ListedProps) {
  const { t } = useWords();
  const { number } = useFormat();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(movesQuery(layering, query));
  const total = data?.pages[0]?.total ?? 0;
  if (error) return <Wrong error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting lines={5} />;
  const shown = data.pages.reduce((sum, page) => sum + page.rows.length, 0);
  return (
    <>
      <p className="muted small" role="status">{t(`layerings.moversOn.total.${every}`, { count: total, n: number(total) })}</p>
      {total > 0 && <Table pages={data.pages} />}
      {hasNextPage && (
        <div>
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("layerings.moversOn.more", { n: number(total - shown) })}
          </Button>
        </div>
      )}
    </>
  );
}

function Table({ pages }: { pages: Movers[] }) {
  const { t } = useWords();
  const { look } = useLook();
  const { title } = useFormat();
  const layers = pages[0]?.layers ?? [];
  const painted = paints(layers, look);
  const tag = (key: string | null) => {
    const layer = layers.find((one) => one.key === key);
    return layer ? <LayerTag layer={layer} paint={painted[layer.key]} /> : <span className="muted">–</span>;
  };
  return (
    <div className={`scroll-x ${styles.movers}`} tabIndex={0} role="region" aria-label={t("layerings.moversOn.title")}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col" className={styles.line}>{t("customers.id")}</th>
            <th scope="col">{t("layerings.moversOn.from")}</th>
            <th scope="col">{t("layerings.moversOn.to")}</th>
            <th scope="col">{t("layerings.moversOn.why")}</th>
          </tr>
        </thead>
        <tbody>
          {pages.flatMap((page) => page.rows).map((row) => (
            <tr key={row.customer_id}>
              <td>
                <PathLink path={`/customers/${encodeURIComponent(row.customer_id)}`}>{row.customer_id}</PathLink>
              </td>
              <td className={styles.line}>{tag(row.source)}</td>
              <td className={styles.line}>{tag(row.target)}</td>
              <td className={styles.why}>{title(row.why)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
