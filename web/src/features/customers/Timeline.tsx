/** What happened, the newest first; filtered by kind. */
import { Button } from "antd";
import { useState } from "react";
import type { Portrait, TimelineEntry } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { Panel } from "@/ui/Panel";
import { useFormat } from "@/ui/useFormat";
import styles from "./Portrait.module.css";

const SHOWN = 30;

export function Timeline({ portrait }: { portrait: Portrait }) {
  const { t } = useWords();
  const { number } = useFormat();
  const [kind, setKind] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const counts = Object.entries(portrait.timeline_counts);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const told = portrait.timeline.length;
  const note = t(told < total ? "customers.timeline.newest" : "customers.timeline.total", { count: total, n: number(total), shown: number(told) });
  const chosen = portrait.timeline.filter((entry) => kind === null || entry.kind === kind);
  const shown = all ? chosen : chosen.slice(0, SHOWN);
  const older = kind === null ? 0 : (portrait.timeline_counts[kind] ?? 0) - chosen.length;
  return (
    <Panel title={t("customers.timeline.title")} note={note}>
      {counts.length > 1 && (
        <div className={styles.kinds} role="group" aria-label={t("customers.timeline.filter")}>
          <Button size="small" type={kind === null ? "primary" : "default"} aria-pressed={kind === null} onClick={() => setKind(null)}>
            {t("customers.timeline.all")}
          </Button>
          {counts.map(([one, count]) => (
            <Button key={one} size="small" type={kind === one ? "primary" : "default"} aria-pressed={kind === one} onClick={() => setKind(one)}>
              {t(`customers.timeline.kind.${one}`, { defaultValue: one })} {number(count)}
            </Button>
          ))}
        </div>
      )}
      {portrait.timeline.length === 0 && <p className="muted">{t("customers.timeline.nothing")}</p>}
      <ol className={styles.timeline}>
        {shown.map((entry, at) => (
          <Entry key={`${entry.at}${entry.reference}${at}`} entry={entry} />
        ))}
      </ol>
      {chosen.length > shown.length && (
        <Button type="link" onClick={() => setAll(true)}>
          {t("customers.timeline.more", { count: chosen.length - shown.length })}
        </Button>
      )}
      {older > 0 && <p className="muted small">{t("customers.timeline.older", { count: older, n: number(older), shown: number(told) })}</p>}
    </Panel>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t } = useWords();
  const { title, instant } = useFormat();
  const recorded = entry.recorded !== null && explain(t("customers.timeline.recorded", { name: entry.recorded }), entry.reference);
  return (
    <li className={styles.entry} data-kind={entry.kind}>
      <time className="muted num" dateTime={entry.at}>
        {instant(entry.at)}
      </time>
      <div>
        <p>
          <span {...recorded}>{title(entry.text)}</span>{" "}
          {entry.recorded === null && <span className="muted small">{entry.reference}</span>}
        </p>
        {entry.items.length > 0 && <p className={`muted small ${styles.items}`}>{entry.items.join(" · ")}</p>}
      </div>
      <Amount entry={entry} />
    </li>
  );
}

/** Money of an order; what an event came with is a bare number, for nobody knows of what. */
function Amount({ entry: { kind, amount } }: { entry: TimelineEntry }) {
  const { money, number } = useFormat();
  if (amount === null) return null;
  if (kind === "event") return <span className="muted num">{number(amount)}</span>;
  return <b className={kind === "refund" ? "down" : ""}>{money(kind === "refund" ? -Math.abs(amount) : amount)}</b>;
}
