/** The size of an audience over time: one quiet line, in numbers or as a share of everyone. */
import { Segmented } from "antd";
import { useMemo, useRef, useState } from "react";
import type { AudienceSizes } from "@/api/types";
import { useWords } from "@/i18n";
import { useLook } from "@/ui/look";
import { useFormat } from "@/ui/useFormat";
import { ChartFrame } from "./ChartFrame";
import EChart, { drawnPicture, type Drawing } from "./EChart";

type Unit = "customers" | "share";

export default function SizeHistory({ sizes }: { sizes: AudienceSizes }) {
  const { t } = useWords();
  const { tokens } = useLook();
  const { number, share, short } = useFormat();
  const drawing: Drawing = useRef(null);
  const [unit, setUnit] = useState<Unit>("customers");
  const option = useMemo(() => {
    const rows = sizes.sizes.map((one) => ({ ...one, share: one.everyone ? one.customers / one.everyone : 0 }));
    const says = (at: number) => {
      const one = rows[at];
      return one ? `<b>${one.day}</b><br>${number(one.customers)} / ${number(one.everyone)} · ${share(one.share)}` : "";
    };
    return {
      grid: { left: 52, right: 16, top: 12, bottom: 28 },
      tooltip: { trigger: "axis", confine: true, axisPointer: { lineStyle: { color: tokens.tick } }, formatter: (points: { dataIndex: number }[]) => says(points[0]?.dataIndex ?? 0) },
      xAxis: { type: "category", boundaryGap: false, data: rows.map((one) => one.day) },
      yAxis: { type: "value", min: 0, minInterval: unit === "customers" ? 1 : 0, axisLabel: { formatter: (value: number) => (unit === "share" ? share(value) : short(value)) } },
      series: [
        {
          type: "line", symbol: "none", data: rows.map((one) => one[unit]), lineStyle: { width: 2, color: tokens.accent },
          itemStyle: { color: tokens.accent }, areaStyle: { color: tokens.accent, opacity: 0.1 }, emphasis: { disabled: true },
        },
      ],
    };
  }, [sizes, unit, tokens, number, share, short]);
  const table = {
    columns: [t("charts.sizes.day"), t("charts.sizes.customers"), t("charts.sizes.everyone")],
    rows: sizes.sizes.map((one) => [one.day, one.customers, one.everyone]),
  };
  const tools = (
    <Segmented<Unit>
      size="small"
      aria-label={t("charts.sizes.unit")}
      value={unit}
      options={(["customers", "share"] as const).map((one) => ({ value: one, label: t(`charts.sizes.${one}`) }))}
      onChange={setUnit}
    />
  );
  return (
    <ChartFrame title={t("charts.sizes.title")} name={`${sizes.key}-sizes`} table={table} tools={tools} picture={() => drawnPicture(drawing, tokens.panel)}>
      <EChart option={option} drawingRef={drawing} height={240} label={t("charts.sizes.title")} />
    </ChartFrame>
  );
}
