/** Flows between the comparison day and the looked-at day. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Switch } from "antd";
import { useRef } from "react";
import { flowsQuery } from "@/api/queries";
import type { Flows, LayeringNow } from "@/api/types";
import { ChartFrame } from "@/charts/ChartFrame";
import { drawnPicture } from "@/charts/EChart";
import { flowParts } from "@/charts/flowParts";
import { areOrdered } from "@/charts/palette";
import Sankey from "@/charts/Sankey";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useLook } from "@/ui/look";
import { Notes } from "@/ui/Notes";
import { Nothing, Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./FlowsTab.module.css";

export default function FlowsTab({ now }: { now: LayeringNow }) {
  const { t } = useWords();
  const search = useSearch({ from: "/layerings/$key" });
  const navigate = useNavigate({ from: "/layerings/$key" });
  const refit = search.refit === "true";
  const { as_of, compare } = now.period;
  const { data, error, refetch } = useQuery({
    ...flowsQuery(now.summary.key, { start: compare ?? "", end: as_of, ...(refit ? { refit } : { fit_as_of: now.fit_as_of }) }),
    enabled: compare !== null,
  });
  if (!compare) return <Nothing title={t("layerings.flows.noCompare")} />;
  if (error) return <Wrong error={error} onRetry={() => void refetch()} />;
  const toggle = (
    <label className={styles.refit} {...explain(t("layerings.flows.refit"), t("layerings.flows.refitMeaning"))}>
      <Switch
        size="small"
        checked={refit}
        onChange={(on) => void navigate({ search: (before) => ({ ...before, refit: on ? "true" : undefined }), replace: true, resetScroll: false })}
      />
      {t("layerings.flows.refit")}
    </label>
  );
  return data ? <Drawn flows={data} fit={now.fit_as_of} name={`${now.summary.key}-flows`} toggle={toggle} /> : <Waiting lines={10} />;
}

function Drawn({ flows, fit, name, toggle }: { flows: Flows; fit: string; name: string; toggle: React.ReactNode }) {
  const { t } = useWords();
  const { say, number } = useFormat();
  const { tokens } = useLook();
  const drawing = useRef(null);
  const named = new Map(flows.layers.map((layer) => [layer.key, say(layer.name)]));
  const { small, smallCustomers } = flowParts(flows);
  const word = (key: string) => named.get(key) ?? key;
  const table = {
    columns: [t("layerings.flows.from"), t("layerings.flows.to"), t("charts.customers"), t("layerings.flows.direction")],
    rows: [
      ...[...flows.moves]
        .sort((a, b) => b.customers - a.customers)
        .map((move) => [word(move.source), word(move.target), move.customers, t(`layerings.flows.${move.direction}`)]),
      ...Object.entries(flows.entered).map(([key, count]) => [t("layerings.flows.unseen"), word(key), count, t("layerings.flows.entered")]),
      ...Object.entries(flows.left).map(([key, count]) => [word(key), t("layerings.flows.gone"), count, t("layerings.flows.left")]),
    ],
  };
  return (
    <ChartFrame
      title={t("layerings.flows.title", { start: flows.start, end: flows.end })}
      name={name}
      table={table}
      tools={toggle}
      level={3}
      picture={() => drawnPicture(drawing, tokens.panel)}
    >
      <Sums flows={flows} />
      <Sankey flows={flows} drawingRef={drawing} />
      {small.length > 0 && (
        <p className="muted small">
          {t("layerings.flows.small", { count: small.length, n: number(smallCustomers) })}
        </p>
      )}
      {flows.by_cut === null && <p className="muted small">{t("layerings.flows.fits", { fit })}</p>}
      <Notes notes={flows.notes} />
    </ChartFrame>
  );
}

/** start = stayed + up + down + across + left; end likewise with entered. */
function Sums({ flows }: { flows: Flows }) {
  const { t } = useWords();
  const { number } = useFormat();
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);
  const ordered = areOrdered(flows.layers);
  const parts: [string, number | null, string][] = [
    ["stayed", flows.stayed, ""],
    ["up", ordered ? flows.up : null, "up"],
    ["down", ordered ? flows.down : null, "down"],
    [ordered ? "across" : "changed", flows.across || (ordered ? null : 0), ""],
    ["entered", sum(flows.entered), ""],
    ["left", sum(flows.left) || null, ""],
    ["byCut", flows.by_cut, "warn"],
  ];
  const base = t("layerings.flows.base", { count: flows.start_customers, start: number(flows.start_customers), end: number(flows.end_customers) });
  return (
    <dl className={styles.sums}>
      {parts.map(([key, value, tone]) =>
        value === null ? null : (
          <div key={key} {...explain(t(`layerings.flows.meaning.${key}`), base)}>
            <dt className="muted small">{t(`layerings.flows.${key}`)}</dt>
            <dd className={tone}>{number(value)}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
