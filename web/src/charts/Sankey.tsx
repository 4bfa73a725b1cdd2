/** Flows between two days: layers at the start on the left, at the end on the right. */
import { useMemo } from "react";
import type { Flows, Move } from "@/api/types";
import { useWords } from "@/i18n";
import { useLook } from "@/ui/look";
import { useFormat } from "@/ui/useFormat";
import EChart, { type Drawing } from "./EChart";
import { endCounts, flowParts } from "./flowParts";
import { paints } from "./palette";
import { useNarrow } from "./useNarrow";

interface Props {
  flows: Flows;
  drawingRef: Drawing;
}

interface Hovered {
  dataType: string;
  name: string;
  data: { source: string; target: string; value: number; says?: string };
}

export default function Sankey({ flows, drawingRef }: Props) {
  const { t } = useWords();
  const { look, tokens } = useLook();
  const { say, number, share } = useFormat();

  const narrow = useNarrow();

  const option = useMemo(() => {
    const painted = paints(flows.layers, look);
    const { drawn } = flowParts(flows);
    const counts = { start: endCounts(flows, "start"), end: endCounts(flows, "end") };
    const nodes = (["start", "end"] as const).flatMap((end) =>
      flows.layers
        .filter((layer) => (counts[end][layer.key] ?? 0) > 0)
        .map((layer) => ({
          name: `${end}:${layer.key}`,
          value: counts[end][layer.key],
          depth: end === "start" ? 0 : 1,
          says: t("charts.flows.node", {
            count: counts[end][layer.key] ?? 0, name: say(layer.name), n: number(counts[end][layer.key]), day: end === "start" ? flows.start : flows.end,
          }),
          itemStyle: { color: painted[layer.key]?.fill, borderWidth: 0, borderRadius: 3 },
          label: {
            position: (end === "start") === narrow ? "right" : "left",
            formatter: narrow ? say(layer.name) : `${say(layer.name)}  {n|${number(counts[end][layer.key])}}`,
            rich: { n: { color: tokens.muted, fontSize: 12 } },
          },
        })),
    );
    const colour = (move: Move) =>
      ({ up: tokens.up, down: tokens.down, stayed: tokens.tick })[move.direction] ?? tokens.muted;
    const links = drawn.map((move) => ({
      source: `start:${move.source}`,
      target: `end:${move.target}`,
      value: move.customers,
      lineStyle: { color: colour(move), opacity: move.direction === "stayed" ? 0.16 : 0.42, curveness: 0.5 },
    }));
    const named = new Map(flows.layers.map((layer) => [layer.key, say(layer.name)]));
    const word = (node: string) => named.get(node.split(":")[1] ?? "") ?? node;
    return {
      tooltip: {
        formatter: ({ dataType, data }: Hovered) =>
          dataType === "node"
            ? (data.says ?? "")
            : t("charts.flows.link", {
                count: data.value, from: word(data.source), to: word(data.target), n: number(data.value),
                share: share(data.value / Math.max(1, counts.start[data.source.split(":")[1] ?? ""] ?? 1)),
              }),
      },
      series: [
        {
          type: "sankey", left: narrow ? 4 : 150, right: narrow ? 4 : 150, top: 8, bottom: 8, nodeWidth: 10, nodeGap: 14, layoutIterations: 0,
          draggable: false, emphasis: { focus: "adjacency", lineStyle: { opacity: 0.7 } },
          data: nodes, links, label: { color: tokens.text, fontSize: narrow ? 11 : 12.5, fontFamily: "inherit" },
        },
      ],
    };
  }, [flows, look, tokens, narrow, say, number, share, t]);

  return (
    <EChart
      option={option}
      drawingRef={drawingRef}
      height={Math.max(360, flows.layers.length * 52)}
      label={t("charts.flows.label", { start: flows.start, end: flows.end })}
    />
  );
}
