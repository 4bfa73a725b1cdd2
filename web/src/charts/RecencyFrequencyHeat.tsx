/** The recency × frequency map: how many customers, or how much money, in each cell. */
import { useMemo } from "react";
import type { MapCell } from "@/api/types";
import { useWords } from "@/i18n";
import { useLook } from "@/ui/look";
import { useFormat } from "@/ui/useFormat";
import EChart, { type Drawing } from "./EChart";
import { inkOn } from "./palette";

export type Measured = "customers" | "money";

interface Props {
  cells: MapCell[];
  measured: Measured;
  drawingRef: Drawing;
}

const SCORES = ["1", "2", "3", "4", "5"];
const RAMP = { light: ["#eef4f0", "#a5cbb8", "#4f9a7b", "#0f4a35"], dark: ["#1c2b25", "#2f6a53", "#4ba17e", "#82d8b1"] };

export default function RecencyFrequencyHeat({ cells, measured, drawingRef }: Props) {
  const { t } = useWords();
  const { look, tokens } = useLook();
  const { number, amount, moneyShort, money } = useFormat();
  const option = useMemo(() => {
    const top = Math.max(1, ...cells.map((cell) => cell[measured]));
    const ramp = RAMP[look];
    const says = (value: number) => (measured === "money" ? moneyShort(value) : number(value));
    const at = (r: number, f: number) => cells.find((cell) => cell.r_score === r && cell.f_score === f);
    return {
      grid: { left: 64, right: 16, top: 16, bottom: 48 },
      tooltip: {
        formatter: ({ value }: { value: [number, number, number] }) => {
          const cell = at(value[1] + 1, value[0] + 1);
          if (!cell) return "";
          return [
            t("charts.map.cell", { r: cell.r_score, f: cell.f_score }),
            t("charts.map.customers", { count: cell.customers, n: number(cell.customers) }),
            t("charts.map.money", { money: money(cell.money) }),
            t("charts.map.medians", { recency: amount("days", cell.recency_median), frequency: amount("orders", cell.frequency_median) }),
          ].join("<br>");
        },
      },
      xAxis: { type: "category", data: SCORES, name: t("charts.map.frequency"), nameLocation: "middle", nameGap: 30, splitArea: { show: false } },
      yAxis: { type: "category", data: SCORES, name: t("charts.map.recency"), nameLocation: "middle", nameGap: 36 },
      visualMap: { show: false, min: 0, max: top, inRange: { color: ramp } },
      series: [
        {
          type: "heatmap",
          data: cells.map((cell) => {
            const share = cell[measured] / top;
            const fill = ramp[Math.min(3, Math.round(share * 3))] as string;
            return {
              value: [cell.f_score - 1, cell.r_score - 1, cell[measured]],
              label: { color: inkOn(fill) },
            };
          }),
          label: { show: true, fontSize: 13, formatter: ({ value }: { value: [number, number, number] }) => says(value[2]) },
          itemStyle: { borderColor: tokens.panel, borderWidth: 3, borderRadius: 8 },
          emphasis: { itemStyle: { borderColor: tokens.accent } },
        },
      ],
    };
  }, [cells, measured, look, tokens, t, number, amount, money, moneyShort]);
  return <EChart option={option} drawingRef={drawingRef} height={400} label={t("charts.map.label")} />;
}
