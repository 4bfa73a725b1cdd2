/** The sentence at the top: who brings the money, who moved, and the move that hurts most. */
import type { Flows, LayeringNow } from "@/api/types";
import { useWords } from "@/i18n";
import { daysBetween } from "@/ui/period";
import { useFormat } from "@/ui/useFormat";
import styles from "./Layerings.module.css";

/** A slide of fewer customers is no news. */
const TELLING = 5;

export function Headline({ now, flows }: { now: LayeringNow; flows: Flows | undefined }) {
  const { t } = useWords();
  const { say, number, share } = useFormat();
  const best = [...now.layers]
    .filter((one) => (now.summary.ordered ? one.layer.rank !== null : one.layer.key !== "none") && one.customers > 0)
    .sort((a, b) => (b.money_share ?? 0) - (a.money_share ?? 0))[0];
  const days = now.period.compare ? daysBetween(now.period.compare, now.period.as_of) : 0;
  const slide = flows?.moves.filter((move) => move.direction === "down").sort((a, b) => b.customers - a.customers)[0];
  const name = (key: string) => {
    const found = now.layers.find((one) => one.layer.key === key);
    return found ? say(found.layer.name) : key;
  };
  if (!best) return null;
  const rich = (text: string) =>
    text.split(/(\[\w*:[^\]]*\])/).map((part, at) => {
      const strong = /^\[(\w*):([^\]]*)\]$/.exec(part);
      return strong ? (
        <strong key={at} className={strong[1] || undefined}>
          {strong[2]}
        </strong>
      ) : (
        part
      );
    });
  return (
    <p className={styles.headline}>
      {rich(t("layerings.headline.money", {
        count: now.customers, all: number(now.customers), n: number(best.customers), name: say(best.layer.name), share: share(best.money_share),
      }))}
      {now.up !== null && now.down !== null && now.summary.ordered &&
        rich(t("layerings.headline.moved", { count: days, days, up: number(now.up), down: number(now.down) }))}
      {slide && slide.customers >= TELLING && rich(t("layerings.headline.slide", { n: number(slide.customers), from: name(slide.source), to: name(slide.target) }))}
      {t("layerings.headline.end")}
    </p>
  );
}
