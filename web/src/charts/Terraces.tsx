/** The signature picture: layers as stacked terraces, each as wide as it has customers. */
import { Segmented } from "antd";
import { useState } from "react";
import type { LayerNow, Move } from "@/api/types";
import { useWords } from "@/i18n";
import { useLook } from "@/ui/look";
import { useFormat } from "@/ui/useFormat";
import { ChartFrame } from "./ChartFrame";
import { areOrdered, paints } from "./palette";
import { drawTerraces } from "./drawTerraces";
import { canvasPng, type ChartTable } from "./save";
import { Stream } from "./Stream";
import styles from "./Terraces.module.css";
import { TerraceRow } from "./TerraceRow";

interface Props {
  layers: LayerNow[];
  name: string;
  title: string;
  note?: string;
  compare: string | null;
  moves?: Move[];
  chosen?: string;
  onChoose: (layer: string) => void;
}

export type Reading = "pyramid" | "funnel";

/** The layers that are shown: all ranked ones, and the unranked where they hold anybody. */
export function shownLayers(layers: LayerNow[], reading: Reading): LayerNow[] {
  const ranked = layers.filter((one) => one.layer.rank !== null);
  const outside = layers.filter((one) => one.layer.rank === null && one.customers > 0);
  return [...(reading === "pyramid" ? ranked : [...ranked].reverse()), ...outside];
}

export function Terraces({ layers, name, title, note, compare, moves, chosen, onChoose }: Props) {
  const { t } = useWords();
  const { look, tokens } = useLook();
  const format = useFormat();
  const [reading, setReading] = useState<Reading>("pyramid");
  const shown = shownLayers(layers, reading);
  const painted = paints(layers.map((one) => one.layer), look);
  const ordered = areOrdered(layers.map((one) => one.layer));
  const widest = Math.max(1, ...shown.map((one) => one.customers));
  const picture = () => {
    const label = (one: LayerNow) => ({
      name: format.title(one.layer.name),
      customers: format.number(one.customers),
      money: one.money_share === null ? "" : t("charts.terraces.ofMoney", { share: format.share(one.money_share) }),
    });
    return canvasPng(760, shown.length * 44 + 24, tokens.panel, (context) =>
      drawTerraces(context, shown, widest, painted, tokens, label),
    );
  };
  const toggle = (
    <Segmented<Reading>
      size="small"
      value={reading}
      onChange={setReading}
      aria-label={t("charts.terraces.reading")}
      options={[
        { value: "pyramid", label: t("charts.terraces.pyramid") },
        { value: "funnel", label: t("charts.terraces.funnel") },
      ]}
    />
  );
  return (
    <ChartFrame title={title} note={note} name={name} table={useTable(shown)} picture={picture} tools={ordered && toggle}>
      <ol className={styles.terraces} data-ordered={ordered}>
        {shown.map((one, at) => (
          <li key={one.layer.key}>
            <TerraceRow
              one={one}
              paint={painted[one.layer.key]}
              width={one.customers / widest}
              compare={compare}
              chosen={one.layer.key === chosen}
              onChoose={() => onChoose(one.layer.key)}
            />
            {ordered && at < shown.length - 1 && <Stream above={one.layer} below={shown[at + 1]?.layer ?? one.layer} moves={moves} />}
          </li>
        ))}
      </ol>
    </ChartFrame>
  );
}

function useTable(shown: LayerNow[]): ChartTable {
  const { t } = useWords();
  const { say, currency, share } = useFormat();
  return {
    columns: [
      t("charts.layer"), t("charts.customers"), t("charts.share"), `${t("charts.money")} (${currency})`,
      t("charts.moneyShare"), t("charts.came"), t("charts.went"),
    ],
    rows: shown.map((one) => [
      say(one.layer.name), one.customers, share(one.share), Math.round(one.money * 100) / 100, share(one.money_share),
      one.came, one.went,
    ]),
  };
}
