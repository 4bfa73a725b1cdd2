/** Where the chosen layer's newcomers came from and where its leavers went. */
import { Link } from "@tanstack/react-router";
import { Tabs } from "antd";
import type { Flows, LayerInfo } from "@/api/types";
import { LayerTag } from "@/charts/LayerTag";
import { paints } from "@/charts/palette";
import { useWords } from "@/i18n";
import { useLook } from "@/ui/look";
import { useFormat } from "@/ui/useFormat";
import styles from "./LayerCard.module.css";

interface Props {
  layer: string;
  flows: Flows;
  layering: string;
}

interface Line {
  other: LayerInfo | null;
  customers: number;
  search: Record<string, unknown>;
}

export function Movers({ layer, flows, layering }: Props) {
  const { t } = useWords();
  const named = (key: string) => flows.layers.find((one) => one.key === key) ?? null;
  const moved = flows.moves.filter((move) => move.direction !== "stayed");
  const came: Line[] = moved
    .filter((move) => move.target === layer)
    .map((move) => ({ other: named(move.source), customers: move.customers, search: { layering, layer: [layer], from_layer: move.source } }));
  const entered = flows.entered[layer] ?? 0;
  if (entered) came.push({ other: null, customers: entered, search: { layering, layer: [layer] } });
  const went: Line[] = moved
    .filter((move) => move.source === layer)
    .map((move) => ({ other: named(move.target), customers: move.customers, search: { layering, layer: [move.target], from_layer: layer } }));
  return (
    <Tabs
      className={styles.movers}
      items={[
        { key: "came", label: t("layerings.movers.came"), children: <Lines lines={came} flows={flows} word="from" /> },
        { key: "went", label: t("layerings.movers.went"), children: <Lines lines={went} flows={flows} word="to" /> },
      ]}
    />
  );
}

function Lines({ lines, flows, word }: { lines: Line[]; flows: Flows; word: "from" | "to" }) {
  const { t } = useWords();
  const { look } = useLook();
  const { number } = useFormat();
  const painted = paints(flows.layers, look);
  const sorted = [...lines].sort((a, b) => b.customers - a.customers);
  if (!sorted.length) return <p className="muted">{t("layerings.movers.nobody")}</p>;
  return (
    <ul className={styles.lines}>
      {sorted.map(({ other, customers, search }) => (
        <li key={other?.key ?? "new"}>
          <span className="muted">{t(other ? `layerings.movers.${word}` : "layerings.movers.new")}</span>{" "}
          {other && <LayerTag layer={other} paint={painted[other.key]} />}
          <Link className="push" to="/customers" search={search as never}>
            {t("layerings.customers", { count: customers, n: number(customers) })}
          </Link>
        </li>
      ))}
    </ul>
  );
}
