/** One terrace: name, bar, share of money, who came and went. */
import type { LayerNow } from "@/api/types";
import { useWords } from "@/i18n";
import { Changes } from "@/ui/Changes";
import { explain } from "@/ui/Explanations";
import { FEW } from "@/ui/Few";
import { useFormat } from "@/ui/useFormat";
import type { Paint } from "./palette";
import styles from "./Terraces.module.css";

interface Props {
  one: LayerNow;
  paint: Paint | undefined;
  width: number;
  compare: string | null;
  chosen: boolean;
  onChoose: () => void;
}

export function TerraceRow({ one, paint, width, compare, chosen, onChoose }: Props) {
  const { t } = useWords();
  const { title, number, share, money } = useFormat();
  const inside = width > 0.34;
  const name = title(one.layer.name);
  const figures = (
    <>
      <b>{number(one.customers)}</b> <span className={styles.share}>{share(one.share)}</span>
    </>
  );
  return (
    <button type="button" className={styles.row} aria-pressed={chosen} onClick={onChoose} {...explain(name, title(one.layer.meaning))}>
      <span className={styles.name}>
        <span className={styles.strong}>{name}</span>
        <span className={styles.meaning}>{title(one.layer.meaning).split(/[：:；;]/)[0]}</span>
      </span>
      <span className={styles.field}>
        <span
          className={styles.bar}
          data-chosen={chosen}
          style={{ width: `max(${(width * 100).toFixed(2)}%, 6px)`, background: paint?.fill, color: paint?.ink }}
          {...explain(
            t("charts.terraces.explainBar", { name, count: one.customers, customers: number(one.customers) }),
            t("charts.terraces.explainShare", { share: share(one.share) }),
            one.customers > 0 && one.customers < FEW && t("shell.few", { count: one.customers }),
          )}
        >
          {inside && figures}
        </span>
        {!inside && (
          <span className={styles.beside} style={{ left: `calc(50% + ${(width * 50).toFixed(2)}% + 10px)` }}>
            {figures}
          </span>
        )}
      </span>
      <span className={styles.figures}>
        <span {...explain(t("charts.terraces.explainMoney", { name, money: money(one.money) }), t("charts.terraces.moneyBase"))}>
          <b>{share(one.money_share)}</b> <span className={styles.share}>{t("charts.terraces.money")}</span>
        </span>
        <Changes came={one.came} went={one.went} since={compare} />
      </span>
    </button>
  );
}
