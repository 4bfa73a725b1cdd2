/** Layer sizes over time as a stack, and below it how many moved. */
import { useMemo } from "react";
import type { LayeringHistory } from "@/api/types";
import { useWords } from "@/i18n";
import { useLook } from "@/ui/look";
import { useFormat } from "@/ui/useFormat";
import EChart, { type Drawing } from "./EChart";
import { bands, labels, totals } from "./historyParts";
import { paints } from "./palette";
import { useNarrow } from "./useNarrow";

interface Props {
  history: LayeringHistory;
  drawingRef: Drawing;
}

export default function StackedHistory({ history, drawingRef }: Props) {
  const { t } = useWords();
  const { look, tokens } = useLook();
  const { title, number, share, short } = useFormat();
  const narrow = useNarrow();
  const option = useMemo(() => {
    const stack = bands(history);
    const whole = totals(history);
    const painted = paints(history.layers, look);
    const left = 52;
    const right = narrow ? 12 : 150;
    const says = (at: number) =>
      [
        `<b>${history.days[at] ?? ""}</b>`,
        ...[...stack].reverse().map(({ layer, counts }) => {
          const dot = `<span style="display:inline-block;width:9px;height:9px;border-radius:3px;margin-right:6px;background:${painted[layer.key]?.fill ?? ""}"></span>`;
          return `${dot}${title(layer.name)} <b>${number(counts[at])}</b> <span style="opacity:.7">${share((counts[at] ?? 0) / Math.max(1, whole[at] ?? 1))}</span>`;
        }),
        at > 0 ? t(`charts.history.moved.${history.every}`, { count: history.moved[at] ?? 0, n: number(history.moved[at]) }) : "",
      ].filter(Boolean).join("<br>");
    const axis = { type: "category", data: history.days, boundaryGap: true };
    return {
      grid: [
        { left, right, top: 12, height: 300 },
        { left, right, top: 352, height: 56 },
      ],
      axisPointer: { link: [{ xAxisIndex: "all" }], lineStyle: { color: tokens.tick } },
      tooltip: { trigger: "axis", confine: true, formatter: (points: { dataIndex: number }[]) => says(points[0]?.dataIndex ?? 0) },
      xAxis: [
        { ...axis, gridIndex: 0, axisLabel: { show: false } },
        { ...axis, gridIndex: 1, axisLabel: { hideOverlap: true, formatter: (day: string) => (narrow ? day.slice(5) : day) } },
      ],
      yAxis: [
        { type: "value", gridIndex: 0, splitNumber: 4, axisLabel: { formatter: (value: number) => short(Math.round(value)) } },
        { type: "value", gridIndex: 1, splitNumber: 1, minInterval: 1, axisLabel: { formatter: (value: number) => short(value) } },
      ],
      series: [
        ...stack.map(({ layer, counts }) => ({
          type: "line", name: title(layer.name), stack: "layers", data: counts, symbol: "none", silent: false,
          lineStyle: { width: 0.6, color: tokens.panel }, areaStyle: { color: painted[layer.key]?.fill, opacity: 1 },
          itemStyle: { color: painted[layer.key]?.fill }, emphasis: { disabled: true },
        })),
        {
          type: "scatter", symbolSize: 0.1, silent: true, labelLayout: { moveOverlap: "shiftY" },
          data: narrow ? [] : labels(stack).map(({ layer, middle }) => ({ value: [history.days.length - 1, middle], name: title(layer.name) })),
          label: { show: true, position: "right", distance: 10, formatter: "{b}", color: tokens.text, fontSize: 12, width: right - 24, overflow: "truncate" },
        },
        {
          type: "bar", name: t("charts.history.movedTitle"), xAxisIndex: 1, yAxisIndex: 1, data: history.moved.map((count, at) => (at ? count : null)),
          itemStyle: { color: tokens.tick, borderRadius: [2, 2, 0, 0] }, barMaxWidth: 14,
        },
      ],
    };
  }, [history, look, tokens, narrow, t, title, number, share, short]);
  return <EChart option={option} drawingRef={drawingRef} height={440} label={t("charts.history.label", { start: history.start, end: history.end })} />;
}
