/** A strip of layers over time, one line a layering. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { layeringsQuery } from "@/api/queries";
import type { LayerInfo, LayeringSummary, LayerStrip, Portrait } from "@/api/types";
import { paints, type Paint } from "@/charts/palette";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useLook } from "@/ui/look";
import { Panel } from "@/ui/Panel";
import { daysBetween, usePeriod } from "@/ui/period";
import { useFormat } from "@/ui/useFormat";
import styles from "./Portrait.module.css";
import { grouped, type Grouped } from "./stripGroups";

export function Strips({ portrait }: { portrait: Portrait }) {
  const { t } = useWords();
  const { asked } = usePeriod();
  const { data } = useQuery(layeringsQuery(asked.as_of));
  const strips = portrait.strips.filter((strip) => strip.spans.length > 0);
  if (!strips.length) return null;
  const groups = grouped(strips, data ?? []);
  return (
    <Panel title={t("customers.strips.title")} note={t("customers.strips.note")}>
      <div className={styles.strips}>
        {groups.map((one) => (
          <Group key={one.group} grouped={one} layerings={data ?? []} named={groups.length > 1} />
        ))}
      </div>
    </Panel>
  );
}

/** One way of looking at customers: its first strip, the others on demand. */
function Group({ grouped: { group, shown, folded }, layerings, named }: { grouped: Grouped; layerings: LayeringSummary[]; named: boolean }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const label = t(`customers.strips.group.${group}`);
  return (
    <section className={styles.group} aria-label={label}>
      {(named || folded.length > 0) && (
        <header className={styles.groupHead}>
          <h3 className={styles.groupName}>{label}</h3>
          {folded.length > 0 && (
            <Button
              size="small"
              type="text"
              aria-expanded={open}
              aria-label={`${label}: ${t(open ? "customers.strips.fewer" : "customers.strips.more", { count: folded.length })}`}
              onClick={() => setOpen(!open)}
            >
              {t(open ? "customers.strips.fewer" : "customers.strips.more", { count: folded.length })}
            </Button>
          )}
        </header>
      )}
      {(open ? [...shown, ...folded] : shown).map((strip) => (
        <NamedStrip key={strip.layering} strip={strip} layering={layerings.find((one) => one.key === strip.layering)} />
      ))}
    </section>
  );
}

function NamedStrip({ strip, layering }: { strip: LayerStrip; layering: LayeringSummary | undefined }) {
  const { say } = useFormat();
  const { look } = useLook();
  const layers = layering?.layers ?? [];
  return (
    <div className={styles.strip}>
      <span className="muted">{layering ? say(layering.name) : strip.layering}</span>
      <Strip strip={strip} layers={layers} painted={paints(layers, look)} />
    </div>
  );
}

interface Props {
  strip: LayerStrip;
  layers: LayerInfo[];
  painted: Record<string, Paint>;
}

function Strip({ strip, layers, painted }: Props) {
  const { t } = useWords();
  const { say } = useFormat();
  const start = strip.spans[0]?.since ?? "";
  const end = strip.spans.at(-1)?.until ?? "";
  const whole = Math.max(1, daysBetween(start, end));
  const named = (key: string) => {
    const layer = layers.find((one) => one.key === key);
    return layer ? say(layer.name) : key;
  };
  const spoken = strip.spans.map((span) => t("customers.strips.span", { name: named(span.layer), since: span.since, until: span.until }));
  return (
    <div>
      <div className={styles.bar} role="img" aria-label={spoken.join("; ")}>
        {strip.spans.map((span) => {
          const days = daysBetween(span.since, span.until);
          const paint = painted[span.layer];
          const share = days / whole;
          return (
            <span
              key={span.since}
              className={styles.span}
              style={{ flex: Math.max(days, 0.5), background: paint?.fill ?? "var(--neutral)", color: paint?.ink }}
              {...explain(named(span.layer), `${span.since} → ${span.until}`, t("shell.days", { count: days }))}
            >
              {share > 0.12 && named(span.layer)}
            </span>
          );
        })}
      </div>
      <div className={styles.ends}>
        <span>{start}</span>
        <span>{end}</span>
      </div>
    </div>
  );
}
