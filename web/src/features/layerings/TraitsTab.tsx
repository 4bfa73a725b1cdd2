/** How each trait is spread within each layer: medians and small histograms. */
import { useQuery } from "@tanstack/react-query";
import { traitsQuery } from "@/api/queries";
import type { LayeringNow, LayeringTraits, TraitCell, TraitSpread } from "@/api/types";
import { ChartFrame } from "@/charts/ChartFrame";
import { LayerTag } from "@/charts/LayerTag";
import { paints } from "@/charts/palette";
import { Spark } from "@/charts/Spark";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useLook } from "@/ui/look";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./TraitsTab.module.css";

export function TraitsTab({ now }: { now: LayeringNow }) {
  const { data, error, refetch } = useQuery(traitsQuery(now.summary.key, now.period.as_of));
  if (error) return <Wrong error={error} onRetry={() => void refetch()} />;
  return data ? <Spreads spreads={data} now={now} /> : <Waiting lines={10} />;
}

function Spreads({ spreads, now }: { spreads: LayeringTraits; now: LayeringNow }) {
  const { t } = useWords();
  const { say, title, meaning } = useFormat();
  const { look, tokens } = useLook();
  const painted = paints(now.summary.layers, look);
  const shown = now.layers.filter((one) => one.layer.rank !== null || one.customers > 0);
  const table = {
    columns: [t("charts.layer"), t("charts.customers"), ...spreads.traits.flatMap(({ trait }) => [
      `${say(trait.name)} · ${t("layerings.traits.median")}`, `${say(trait.name)} · ${t("layerings.traits.mean")}`,
    ])],
    rows: shown.map(({ layer, customers }) => [say(layer.name), customers, ...spreads.traits.flatMap((spread) => {
      const cell = cellOf(spread, layer.key);
      return [cell?.median ?? null, cell?.mean ?? null];
    })]),
  };
  return (
    <ChartFrame title={t("layerings.traits.title")} note={t("layerings.traits.note")} name={`${now.summary.key}-traits`} table={table} level={3}>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t("layerings.traits.title")}>
        <table className={`table ${styles.spreads}`}>
          <thead>
            <tr>
              <th scope="col">{t("charts.layer")}</th>
              {spreads.traits.map(({ trait }) => (
                <th key={trait.key} scope="col" {...explain(say(trait.name), meaning(trait))}>
                  {title(trait.name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr className={styles.everyone}>
              <th scope="row">{t("layerings.traits.everyone")}</th>
              {spreads.traits.map((spread) => (
                <td key={spread.trait.key}>
                  <Cell spread={spread} cell={spread.everyone} fill={tokens.tick} />
                </td>
              ))}
            </tr>
            {shown.map(({ layer }) => (
              <tr key={layer.key}>
                <th scope="row">
                  <LayerTag layer={layer} paint={painted[layer.key]} />
                </th>
                {spreads.traits.map((spread) => (
                  <td key={spread.trait.key}>
                    <Cell spread={spread} cell={cellOf(spread, layer.key)} fill={tokens.accent} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </ChartFrame>
  );
}

function cellOf(spread: TraitSpread, layer: string): TraitCell | undefined {
  return spread.layers.find((cell) => cell.layer === layer);
}

function Cell({ spread, cell, fill }: { spread: TraitSpread; cell: TraitCell | undefined; fill: string }) {
  const { t } = useWords();
  const { trait: read, say } = useFormat();
  if (!cell || cell.customers === 0) return <span className="muted">–</span>;
  const { trait, edges } = spread;
  const hover = explain(
    `${say(trait.name)} · ${t("layerings.traits.median")} ${read(trait, cell.median)}`,
    t("layerings.traits.quartiles", { low: read(trait, cell.q25), high: read(trait, cell.q75), mean: read(trait, cell.mean) }),
    t("layerings.traits.range", { low: read(trait, edges[0]), high: read(trait, edges.at(-1)) }),
  );
  return (
    <span className={styles.cell} {...hover}>
      <Spark counts={cell.histogram} fill={fill} />
      <b>{read(trait, cell.median)}</b>
    </span>
  );
}
