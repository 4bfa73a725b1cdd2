/** How many of those who came to a layer are still there, by days since: one falling line a layer. */
import { useMemo } from "react";
import type { LayeringHistory } from "@/api/types";
import { useWords } from "@/i18n";
import { useLook } from "@/ui/look";
import { useFormat } from "@/ui/useFormat";
import EChart, { type Drawing } from "./EChart";
import { paints } from "./palette";
import { curves, shareAfter } from "./stayParts";

interface Props {
  history: LayeringHistory;
  drawingRef: Drawing;
}

export default function StayCurves({ history, drawingRef }: Props) {
  const { t } = useWords();
  const { look, tokens } = useLook();
  const { title, share } = useFormat();
  const option = useMemo(() => {
    const drawn = curves(history);
    const painted = paints(history.layers, look);
    const says = (day: number) =>
      [
        `<b>${t("charts.stays.after", { count: day })}</b>`,
        ...drawn.map(({ layer, stay }) => `${title(layer.name)} <b>${share(shareAfter(stay, day))}</b>`),
      ].join("<br>");
    return {
      grid: { left: 52, right: 20, top: 12, bottom: 44 },
      tooltip: {
        trigger: "axis", confine: true, axisPointer: { lineStyle: { color: tokens.tick } },
        formatter: (points: { axisValue: number }[]) => says(Math.floor(points[0]?.axisValue ?? 0)),
      },
      xAxis: { type: "value", min: 0, minInterval: 1, name: t("charts.stays.days"), nameLocation: "middle", nameGap: 28, splitLine: { show: false } },
      yAxis: { type: "value", min: 0, max: 1, interval: 0.25, axisLabel: { formatter: (value: number) => share(value) } },
      series: drawn.map(({ layer, stay }) => ({
        type: "line", name: title(layer.name), step: "end", symbol: "none", data: stay.days.map((day, at) => [day, stay.share[at]]),
        lineStyle: { width: 2, color: painted[layer.key]?.fill }, itemStyle: { color: painted[layer.key]?.fill }, emphasis: { disabled: true },
      })),
    };
  }, [history, look, tokens, t, title, share]);
  return <EChart option={option} drawingRef={drawingRef} height={240} label={t("charts.stays.label")} />;
}
