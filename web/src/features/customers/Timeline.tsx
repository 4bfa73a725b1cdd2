/** What happened, the newest first; filtered by kind. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { customerNotesQuery, customerTagsQuery } from "@/api/queries";
import type { Portrait, TimelineEntry, Words } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { Panel } from "@/ui/Panel";
import { usePeriod } from "@/ui/period";
import { usePermission } from "@/ui/permissions";
import { useFormat } from "@/ui/useFormat";
import styles from "./Portrait.module.css";
import { merged, said } from "./told";

const SHOWN = 30;

export function Timeline({ portrait }: { portrait: Portrait }) {
  const { t } = useWords();
  const { number } = useFormat();
  const [kind, setKind] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const team = useTeam(portrait.customer_id);
  const entries = useMemo(() => merged(portrait.timeline, team), [portrait.timeline, team]);
  const counts = Object.entries(portrait.timeline_counts).concat(counted(team));
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const told = entries.length;
  const note = t(told < total ? "customers.timeline.newest" : "customers.timeline.total", { count: total, n: number(total), shown: number(told) });
  const chosen = entries.filter((entry) => kind === null || entry.kind === kind);
  const shown = all ? chosen : chosen.slice(0, SHOWN);
  const older = kind === null ? 0 : Math.max(0, (portrait.timeline_counts[kind] ?? 0) - chosen.length);
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
      {entries.length === 0 && <p className="muted">{t("customers.timeline.nothing")}</p>}
      <ol className={styles.timeline} tabIndex={0} aria-label={t("customers.timeline.title")}>
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

/** What the team said of the customer, as far as it was said by the day that is looked at. */
function useTeam(customerId: string): TimelineEntry[] {
  const { t } = useWords();
  const { asked } = usePeriod();
  const tags = useQuery(customerTagsQuery(customerId)).data;
  const notes = useInfiniteQuery({ ...customerNotesQuery(customerId), enabled: usePermission("customers.personal") }).data;
  return useMemo(() => {
    const written = notes?.pages.flatMap((page) => page.notes) ?? [];
    const tagged = (name: Words) => ({ zh: t("customers.timeline.tagged", { name: name.zh }), en: t("customers.timeline.tagged", { name: name.en }) });
    return said({ tags: tags ?? [], notes: written }, asked.as_of, tagged);
  }, [tags, notes, asked.as_of, t]);
}

function counted(entries: TimelineEntry[]): [string, number][] {
  return ["tag", "note"].flatMap<[string, number]>((kind) => {
    const count = entries.filter((entry) => entry.kind === kind).length;
    return count ? [[kind, count]] : [];
  });
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t } = useWords();
  const { say, title, instant } = useFormat();
  const recorded = entry.recorded !== null && explain(t("customers.timeline.recorded", { name: entry.recorded }), entry.reference);
  return (
    <li className={styles.entry} data-kind={entry.kind}>
      <time className="muted num" dateTime={entry.at}>
        {instant(entry.at)}
      </time>
      <div>
        <p>
          <span {...recorded}>{entry.kind === "note" ? say(entry.text) : title(entry.text)}</span>{" "}
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
