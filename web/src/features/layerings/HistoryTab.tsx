/** How large each layer was over time, and how many moved. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Segmented } from "antd";
import { useRef } from "react";
import { historyQuery } from "@/api/queries";
import type { LayeringHistory, LayeringNow } from "@/api/types";
import { ChartFrame } from "@/charts/ChartFrame";
import { drawnPicture } from "@/charts/EChart";
import { bands } from "@/charts/historyParts";
import { LayerTag } from "@/charts/LayerTag";
import { paints } from "@/charts/palette";
import StackedHistory from "@/charts/StackedHistory";
import { useNarrow } from "@/charts/useNarrow";
import { useWords } from "@/i18n";
import { useLook } from "@/ui/look";
import { Notes } from "@/ui/Notes";
import { Refused } from "@/ui/Refused";
import { Nothing, Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./HistoryTab.module.css";
import { MoversPart } from "./MoversPart";
import { StaysPart } from "./StaysPart";
import { everyOf, rangeOf, startOf, RANGES, STEPS, type Range, type Step } from "./historyRange";

export default function HistoryTab({ now }: { now: LayeringNow }) {
  const { t } = useWords();
  const search = useSearch({ from: "/layerings/$key" });
  const range = rangeOf(search.range);
  const every = everyOf(search.every);
  const end = now.period.as_of;
  const asked = { start: startOf(end, range.value, every.value), end, every: every.value };
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...historyQuery(now.summary.key, asked),
    placeholderData: keepPreviousData,
  });
  const history = data && data.layers.length > 0 ? data : undefined;
  return (
    <div className="stack">
      <Refused
        items={[
          ...(range.wrong ? [{ name: "range", given: range.wrong, instead: t("layerings.history.days", { count: range.value }) }] : []),
          ...(every.wrong ? [{ name: "every", given: every.wrong, instead: t("layerings.history.usual") }] : []),
        ]}
      />
      <Choices range={range.value} every={every.value ?? data?.every} />
      {error && <Wrong error={error} onRetry={() => void refetch()} />}
      {!history && !error && <Waiting lines={12} label={t("layerings.history.waiting")} />}
      {isPlaceholderData && <p className="muted small" role="status">{t("layerings.history.waiting")}</p>}
      {history && !error && (
        <>
          <Drawn history={history} name={`${now.summary.key}-history`} chosen={every.value !== undefined} />
          <StaysPart history={history} name={`${now.summary.key}-stays`} />
          {!isPlaceholderData && <MoversPart layering={now.summary.key} history={history} asked={asked} />}
        </>
      )}
    </div>
  );
}

function Choices({ range, every }: { range: Range; every: string | undefined }) {
  const { t } = useWords();
  const navigate = useNavigate({ from: "/layerings/$key" });
  const put = (next: { range?: string; every?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  return (
    <div className="row">
      <Segmented<Range>
        aria-label={t("layerings.history.range")}
        value={range}
        options={RANGES.map((days) => ({ value: days, label: t("layerings.history.days", { count: days }) }))}
        onChange={(days) => put({ range: String(days) })}
      />
      <Segmented<string>
        aria-label={t("layerings.history.every")}
        value={every ?? ""}
        options={STEPS.map((step: Step) => ({ value: step, label: t(`layerings.history.step.${step}`) }))}
        onChange={(step) => put({ every: step })}
      />
    </div>
  );
}

function Drawn({ history, name, chosen }: { history: LayeringHistory; name: string; chosen: boolean }) {
  const { t } = useWords();
  const { look, tokens } = useLook();
  const { title } = useFormat();
  const narrow = useNarrow();
  const drawing = useRef(null);
  const stack = [...bands(history)].reverse();
  const painted = paints(history.layers, look);
  if (history.days.length < 2) return <Nothing title={t("layerings.history.short")}>{t("layerings.history.shortHow")}</Nothing>;
  const table = {
    columns: [t("layerings.history.day"), ...stack.map(({ layer }) => title(layer.name)), t("charts.history.movedTitle")],
    rows: history.days.map((day, at) => [day, ...stack.map(({ counts }) => counts[at] ?? 0), at ? (history.moved[at] ?? 0) : null]),
  };
  return (
    <ChartFrame
      title={t("layerings.history.title", { start: history.start, end: history.days.at(-1) })}
      note={t("layerings.history.note", { day: history.fit_as_of })}
      name={name}
      level={3}
      table={table}
      picture={() => drawnPicture(drawing, tokens.panel)}
    >
      {narrow && (
        <ul className={styles.legend}>
          {stack.map(({ layer }) => (
            <li key={layer.key}>
              <LayerTag layer={layer} paint={painted[layer.key]} />
            </li>
          ))}
        </ul>
      )}
      <StackedHistory history={history} drawingRef={drawing} />
      <p className="muted small">{t("layerings.history.movedNote")}</p>
      {!history.daily && <p className="muted small">{t(chosen ? "layerings.history.slow" : "layerings.history.weekly")}</p>}
      <Notes notes={history.notes} />
    </ChartFrame>
  );
}
