/** One ECharts drawing; only the kinds we use are loaded. */
import { BarChart, HeatmapChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import { GridComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { init, use as register, type EChartsCoreOption, type EChartsType } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef, type RefObject } from "react";
import { useLook } from "@/ui/look";
import { chartTheme } from "./theme";

register([
  SankeyChart, HeatmapChart, LineChart, BarChart, ScatterChart, GridComponent, TooltipComponent, VisualMapComponent, LabelLayout,
  CanvasRenderer,
]);

export type Drawing = RefObject<EChartsType | null>;

interface Props {
  option: EChartsCoreOption;
  height: number;
  label: string;
  drawingRef?: Drawing;
}

export default function EChart({ option, height, label, drawingRef }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const own = useRef<EChartsType | null>(null);
  const { tokens } = useLook();

  useEffect(() => {
    if (!holder.current) return;
    const chart = init(holder.current, chartTheme(tokens));
    own.current = chart;
    if (drawingRef) drawingRef.current = chart;
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(holder.current);
    return () => {
      watcher.disconnect();
      chart.dispose();
      own.current = null;
      if (drawingRef) drawingRef.current = null;
    };
  }, [tokens, drawingRef]);

  useEffect(() => {
    own.current?.setOption({ aria: { enabled: false }, ...option }, { notMerge: true });
  }, [option, tokens]);

  return <div ref={holder} role="img" aria-label={label} style={{ height, width: "100%" }} />;
}

/** What is drawn, as a PNG. */
export function drawnPicture(drawing: Drawing, background: string): string | null {
  return drawing.current?.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: background }) ?? null;
}
