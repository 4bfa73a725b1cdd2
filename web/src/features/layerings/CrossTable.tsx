/** The heat table of two layerings: a line per layer of the first, a column per layer of the second. */
import { Link } from "@tanstack/react-router";
import { Segmented } from "antd";
import { useState } from "react";
import type { Crossed, CrossedCell } from "@/api/types";
import { ChartFrame } from "@/charts/ChartFrame";
import { LayerTag } from "@/charts/LayerTag";
import { inkOn, mixed, paints } from "@/charts/palette";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useLook } from "@/ui/look";
import { Notes } from "@/ui/Notes";
import { useFormat } from "@/ui/useFormat";
import styles from "./Compare.module.css";
import { cellOf, depth, held, SHOWN, valueOf, type Shown } from "./crossing";

const RAMP = { light: ["#f6faf7", "#a5cbb8", "#4f9a7b"], dark: ["#1b201e", "#2f6a53", "#4ba17e"] };

export function CrossTable({ crossed }: { crossed: Crossed }) {
  const { t } = useWords();
  const { look } = useLook();
  const { say, title } = useFormat();
  const read = useReading();
  const [shown, setShown] = useState<Shown>("customers");
  const [lines, columns] = [held(crossed, "first"), held(crossed, "second")];
  const painted = { first: paints(crossed.first_layers, look), second: paints(crossed.second_layers, look) };
  const top = Math.max(0, ...crossed.cells.map((cell) => valueOf(cell, shown) ?? 0));
  const table = useTable(crossed);
  const heading = t("layerings.compare.table", { first: say(crossed.first_name), second: say(crossed.second_name) });
  const name = (side: "first" | "second", key: string) => title(crossed[`${side}_layers`].find((layer) => layer.key === key)?.name ?? { zh: key, en: key });
  const toggle = (
    <Segmented<Shown>
      size="small"
      value={shown}
      aria-label={t("layerings.compare.shown")}
      onChange={setShown}
      options={SHOWN.map((one) => ({ value: one, label: t(`layerings.compare.show.${one}`) }))}
    />
  );
  const says = (cell: CrossedCell) =>
    explain(
      `${name("first", cell.first)} × ${name("second", cell.second)}`,
      t("layerings.compare.cell.customers", { count: cell.customers, n: read(cell, "customers"), share: read(cell, "share") }),
      cell.money !== null && t("layerings.compare.cell.money", { money: read(cell, "money") }),
      cell.tgi !== null && t("layerings.compare.cell.tgi", { tgi: read(cell, "tgi") }),
    );
  return (
    <ChartFrame title={heading} note={t(`layerings.compare.note.${shown}`)} name={`${crossed.first}-${crossed.second}`} table={table} tools={toggle}>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={heading}>
        <table className={styles.heat}>
          <thead>
            <tr>
              <td />
              {columns.map((layer) => (
                <th key={layer.key} scope="col">
                  <LayerTag layer={layer} paint={painted.second[layer.key]} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.key}>
                <th scope="row">
                  <Link to="/layerings/$key" params={{ key: crossed.first }} search={{ layer: line.key }}>
                    <LayerTag layer={line} paint={painted.first[line.key]} />
                  </Link>
                </th>
                {columns.map((column) => {
                  const cell = cellOf(crossed, line.key, column.key);
                  if (!cell) return <td key={column.key} />;
                  const fill = mixed(RAMP[look], depth(cell, shown, top));
                  return (
                    <td key={column.key} style={{ background: fill, color: inkOn(fill) }} {...says(cell)}>
                      {cell.customers === 0 ? "·" : read(cell, shown)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Notes notes={crossed.notes} />
    </ChartFrame>
  );
}

function useReading() {
  const { number, share, moneyShort } = useFormat();
  return (cell: CrossedCell, shown: Shown): string => {
    const value = valueOf(cell, shown);
    if (shown === "share") return share(value);
    if (shown === "money") return moneyShort(value);
    return number(value === null ? null : Math.round(value));
  };
}

/** Every pair with all that is known of it, for reading and for saving. */
function useTable(crossed: Crossed) {
  const { t } = useWords();
  const { say, currency } = useFormat();
  const named = (side: "first" | "second") => new Map(crossed[`${side}_layers`].map((layer) => [layer.key, say(layer.name)]));
  const [first, second] = [named("first"), named("second")];
  const rounded = (value: number | null, places: number) => (value === null ? null : Number(value.toFixed(places)));
  return {
    columns: [
      say(crossed.first_name), say(crossed.second_name), t("charts.customers"), t("layerings.compare.show.share"),
      `${t("charts.money")} (${currency})`, "TGI", t("layerings.compare.residualTitle"),
    ],
    rows: crossed.cells
      .filter((cell) => cell.customers > 0)
      .map((cell) => [
        first.get(cell.first) ?? cell.first, second.get(cell.second) ?? cell.second, cell.customers, rounded(cell.share_of_first, 4),
        rounded(cell.money, 2), rounded(cell.tgi, 1), rounded(cell.residual, 2),
      ]),
  };
}
