/** A strip of layers over time, one line a layering. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { layeringsQuery, stripQuery } from "@/api/queries";
import type { LayerInfo, LayeringSummary, LayerStrip, Portrait } from "@/api/types";
import { paints, type Paint } from "@/charts/palette";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useLook } from "@/ui/look";
import { Panel } from "@/ui/Panel";
import { Waiting, Wrong } from "@/ui/states";
import { daysBetween, usePeriod } from "@/ui/period";
import { useFormat } from "@/ui/useFormat";
import styles from "./Portrait.module.css";
import { grouped, type Grouped } from "./stripGroups";

export function Strips({ portrait }: { portrait: Portrait }) {
  const { t } = useWords();
  const { asked } = usePeriod();
  const { data, isPending } = useQuery(layeringsQuery(asked.as_of));
  const told = portrait.strips.filter((strip) => strip.spans.length > 0);
  const untold = portrait.layers
    .filter((placed) => !portrait.strips.some((strip) => strip.layering === placed.layering))
    .map((placed) => ({ layering: placed.layering, spans: [] }));
  const groups = grouped([...told, ...untold], data ?? []);
  if (!groups.length) return null;
  return (
    <Panel title={t("customers.strips.title")} note={t("customers.strips.note")}>
      {isPending ? (
        <Waiting lines={2 * groups.length} />
      ) : (
        <div className={styles.strips}>
          {groups.map((one) => (
            <Group
              key={one.group}
              grouped={one}
              layerings={data ?? []}
              named={groups.length > 1}
              customer={portrait.customer_id}
            />
          ))}
        </div>
      )}
    </Panel>
  );
}

interface GroupProps {
  grouped: Grouped;
  layerings: LayeringSummary[];
  named: boolean;
  customer: string;
}

/** One way of looking at customers: its first strip, the others on demand. */
function Group({ grouped: { group, shown, folded }, layerings, named, customer }: GroupProps) {
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
        <NamedStrip
          key={strip.layering}
          strip={strip}
          layering={layerings.find((one) => one.key === strip.layering)}
          customer={customer}
        />
      ))}
    </section>
  );
}

interface NamedProps {
  strip: LayerStrip;
  layering: LayeringSummary | undefined;
  customer: string;
}

function NamedStrip({ strip, layering, customer }: NamedProps) {
  const { say } = useFormat();
  const { look } = useLook();
  const layers = layering?.layers ?? [];
  const drawn = (one: LayerStrip) => <Strip strip={one} layers={layers} painted={paints(layers, look)} />;
  return (
    <div className={styles.strip}>
      <span className="muted">{layering ? say(layering.name) : strip.layering}</span>
      {strip.spans.length > 0 ? drawn(strip) : <LookedUp layering={strip.layering} customer={customer} drawn={drawn} />}
    </div>
  );
}

/** What rests on others' rows takes a history of everybody: it is told when somebody asks for it. */
function LookedUp({ layering, customer, drawn }: { layering: string; customer: string; drawn: (strip: LayerStrip) => ReactNode }) {
  const { t } = useWords();
  const { asked } = usePeriod();
  const [wanted, setWanted] = useState(false);
  const { data, error, refetch, isFetching } = useQuery({ ...stripQuery(layering, customer, asked.as_of), enabled: wanted });
  if (data?.spans.length) return drawn(data);
  if (error && !isFetching) return <Wrong error={error} onRetry={() => void refetch()} compact />;
  return (
    <div>
      <Button size="small" loading={isFetching} onClick={() => setWanted(true)} {...explain(t("customers.strips.lookUp"), t("customers.strips.lookUpMeaning"))}>
        {t(isFetching ? "customers.strips.lookingUp" : "customers.strips.lookUp")}
      </Button>
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
