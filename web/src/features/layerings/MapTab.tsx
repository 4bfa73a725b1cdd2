/** The recency × frequency map of RFM. */
import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useRef, useState } from "react";
import { mapQuery } from "@/api/queries";
import type { LayeringNow } from "@/api/types";
import { ChartFrame } from "@/charts/ChartFrame";
import { drawnPicture } from "@/charts/EChart";
import RecencyFrequencyHeat, { type Measured } from "@/charts/RecencyFrequencyHeat";
import { useWords } from "@/i18n";
import { useLook } from "@/ui/look";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";

export default function MapTab({ now }: { now: LayeringNow }) {
  const { t } = useWords();
  const { say, currency } = useFormat();
  const { tokens } = useLook();
  const [measured, setMeasured] = useState<Measured>("customers");
  const drawing = useRef(null);
  const { data, error, refetch } = useQuery(mapQuery(now.summary.key, now.period.as_of));
  if (error) return <Wrong error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting lines={10} />;
  const table = {
    columns: [t("charts.map.recency"), t("charts.map.frequency"), t("charts.customers"), `${t("charts.money")} (${currency})`],
    rows: data.cells.map((cell) => [cell.r_score, cell.f_score, cell.customers, Math.round(cell.money * 100) / 100]),
  };
  const toggle = (
    <Segmented<Measured>
      size="small"
      value={measured}
      onChange={setMeasured}
      options={[
        { value: "customers", label: t("charts.customers") },
        { value: "money", label: t("charts.money") },
      ]}
    />
  );
  return (
    <ChartFrame
      title={t("layerings.map.title")}
      note={say(data.meaning)}
      name={`${now.summary.key}-map`}
      table={table}
      tools={toggle}
      level={3}
      picture={() => drawnPicture(drawing, tokens.panel)}
    >
      <RecencyFrequencyHeat cells={data.cells} measured={measured} drawingRef={drawing} />
    </ChartFrame>
  );
}
