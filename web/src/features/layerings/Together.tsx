/** How far two layerings tell each other, and the pairs that are no chance, as sentences. */
import type { Crossed } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { Panel } from "@/ui/Panel";
import { Sentence } from "@/ui/Sentence";
import { useFormat } from "@/ui/useFormat";
import styles from "./Compare.module.css";
import { strength, together } from "./crossing";

export function Together({ crossed }: { crossed: Crossed }) {
  const { t } = useWords();
  const { say, number, share } = useFormat();
  const name = (side: "first" | "second", key: string) => {
    const found = crossed[`${side}_layers`].find((layer) => layer.key === key);
    return found ? say(found.name) : key;
  };
  const telling = together(crossed);
  const { association, low, high } = crossed;
  const two = (value: number) => value.toFixed(2);
  return (
    <Panel title={t("layerings.compare.together")} label={t("layerings.compare.together")}>
      <p>
        {association === null ? (
          <span className="muted">{t("layerings.compare.noV")}</span>
        ) : (
          <span {...explain(t("layerings.compare.vIs"), low !== null && high !== null && t("layerings.compare.interval", { low: two(low), high: two(high) }))} tabIndex={0}>
            {t(`layerings.compare.v.${strength(association)}`, { v: two(association), first: say(crossed.first_name), second: say(crossed.second_name) })}
          </span>
        )}
      </p>
      {telling.length > 0 && (
        <ul className={styles.telling}>
          {telling.map((cell) => (
            <li key={`${cell.first} ${cell.second}`} {...explain(t("layerings.compare.residual", { value: number(Math.round(cell.residual * 10) / 10) }))}>
              <Sentence
                text={t("layerings.compare.pair", {
                  count: cell.customers, first: name("first", cell.first), second: name("second", cell.second), n: number(cell.customers),
                  share: share(cell.share_of_first), times: number(Math.round((cell.tgi ?? 0) / 10) / 10),
                })}
              />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
