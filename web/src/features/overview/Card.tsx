/** One of the four sentences: large figures, the sentence, a small picture, a way on. */
import type { Figure, Overview, OverviewCard } from "@/api/types";
import { GapBar } from "@/charts/GapBar";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { PathLink } from "@/ui/PathLink";
import { Sentence } from "@/ui/Sentence";
import { useFormat } from "@/ui/useFormat";
import styles from "./Overview.module.css";

const ARROWS: Record<string, string> = { up: " ↑", down: " ↓" };

export function Card({ card, overview }: { card: OverviewCard; overview: Overview }) {
  const { t } = useWords();
  const { say, title } = useFormat();
  const { as_of, compare } = overview.period;
  const base = compare
    ? t("overview.base", { start: compare, end: as_of })
    : t("overview.baseDay", { day: as_of });
  return (
    <PathLink path={card.path} className={styles.cardLink}>
      <article className={styles.card}>
        <h2 className={styles.cardTitle}>{say(card.title)}</h2>
        <p className={styles.figures}>
          {card.figures.map((figure, at) => (
            <span key={`${figure.tone}${at}`} className={figure.tone === "plain" ? "" : figure.tone} {...explain(`${say(card.title)} · ${t(`overview.unit.${figure.unit}`, { defaultValue: figure.unit })}`, base)}>
              <Large figure={figure} arrow={card.key === "moved"} />
            </span>
          ))}
        </p>
        <p className={styles.sentence}>
          <Sentence text={say(card.sentence)} />
        </p>
        {card.left_out && (
          <p className={styles.leftOut} {...explain(title(card.left_out), t("overview.leftOut"), base)}>
            {title(card.left_out)}
          </p>
        )}
        <Picture card={card} />
      </article>
    </PathLink>
  );
}

function Large({ figure, arrow }: { figure: Figure; arrow: boolean }) {
  const { number, share, money, moneyShort } = useFormat();
  const { unit, value, tone } = figure;
  const size = Math.abs(value ?? 0);
  const signed = unit === "share" && tone !== "plain" && (value ?? 0) > 0 ? "+" : "";
  const text = unit === "share" ? signed + share(value) : unit === "money" ? (size >= 1e6 ? moneyShort(value) : money(value)) : number(value);
  return (
    <>
      {text}
      {arrow && value !== null ? ARROWS[tone] : ""}
    </>
  );
}

/** A share is drawn as a bar; up and down as the two sides of one. */
function Picture({ card }: { card: OverviewCard }) {
  const [first, second] = card.figures;
  const share = card.figures.find((figure) => figure.unit === "share" && figure.tone === "plain")?.value;
  if (share !== null && share !== undefined) return <GapBar share={share} />;
  if (first?.tone === "up" && second?.tone === "down") {
    const sum = (first.value ?? 0) + (second.value ?? 0);
    if (!sum) return null;
    return (
      <span className={styles.sides} aria-hidden>
        <span style={{ flex: first.value ?? 0, background: "var(--up)" }} />
        <span style={{ flex: second.value ?? 0, background: "var(--down)" }} />
      </span>
    );
  }
  return null;
}
