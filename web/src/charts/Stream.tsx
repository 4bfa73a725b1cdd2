/** The thin streams between two terraces: who climbed, who slid. */
import type { LayerInfo, Move } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useFormat } from "@/ui/useFormat";
import styles from "./Terraces.module.css";

interface Props {
  above: LayerInfo;
  below: LayerInfo;
  moves: Move[] | undefined;
}

export function Stream({ above, below, moves }: Props) {
  const { t } = useWords();
  const { say, number } = useFormat();
  const count = (from: string, to: string) =>
    moves?.find((move) => move.source === from && move.target === to)?.customers ?? 0;
  const largest = Math.max(1, ...(moves ?? []).filter((move) => move.direction !== "stayed").map((move) => move.customers));
  const streams = [
    { from: below, to: above, points: "50,0 100,45 72,45 72,100 28,100 28,45 0,45" },
    { from: above, to: below, points: "28,0 72,0 72,55 100,55 50,100 0,55 28,55" },
  ];
  return (
    <span className={styles.gap} aria-hidden>
      {streams.map(({ from, to, points }) => {
        const moved = count(from.key, to.key);
        const climbed = (from.rank ?? 99) > (to.rank ?? 99);
        return (
          <span key={from.key} className={styles.slot}>
            {moved > 0 && (
              <svg
                className={climbed ? styles.climb : styles.slide}
                style={{ width: 7 + 25 * Math.sqrt(moved / largest) }}
                viewBox="0 0 100 100"
                preserveAspectRatio="none"
                {...explain(t("charts.terraces.stream", { n: number(moved), from: say(from.name), to: say(to.name) }))}
              >
                <polygon points={points} />
              </svg>
            )}
          </span>
        );
      })}
    </span>
  );
}
