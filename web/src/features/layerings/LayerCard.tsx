/** The chosen layer: who they are in a sentence, their traits against everybody, its play, and what to do. */
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { exportAddress } from "@/api/commands";
import type { Flows, LayeringNow, LayerNow, TraitInfo } from "@/api/types";
import { GapBar } from "@/charts/GapBar";
import { paints } from "@/charts/palette";
import { useWords } from "@/i18n";
import { Changes } from "@/ui/Changes";
import { explain } from "@/ui/Explanations";
import { ExportButton } from "@/ui/ExportButton";
import { Few } from "@/ui/Few";
import { useLook } from "@/ui/look";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import { Can } from "@/ui/permissions";
import { useFormat } from "@/ui/useFormat";
import styles from "./LayerCard.module.css";
import { Movers } from "./Movers";
import { PlayBox } from "./PlayBox";

interface Props {
  one: LayerNow;
  now: LayeringNow;
  flows: Flows | undefined;
}

export function LayerCard({ one, now, flows }: Props) {
  const { t } = useWords();
  const { look } = useLook();
  const { say, number } = useFormat();
  const { layer } = one;
  const paint = paints(now.layers.map((each) => each.layer), look)[layer.key];
  const filter = { layering: now.summary.key, layer: [layer.key], as_of: now.period.as_of };
  return (
    <Panel label={say(layer.name)}>
      <header className={styles.head}>
        <span className={styles.dot} style={{ background: paint?.fill }} aria-hidden />
        <h2 className={styles.name}>{say(layer.name)}</h2>
        {layer.rank !== null && <span className={styles.rank}>{t("layerings.rank", { rank: layer.rank })}</span>}
        <span className="push">
          <Changes came={one.came} went={one.went} since={now.period.compare} />
        </span>
      </header>
      <Who one={one} now={now} />
      <TraitBars one={one} now={now} />
      <PlayBox play={layer.play} />
      <div className="row">
        <Link to="/customers" search={{ layering: now.summary.key, layer: [layer.key] }}>
          <Button type="primary" tabIndex={-1}>{t("layerings.see", { count: one.customers, n: number(one.customers) })}</Button>
        </Link>
        <Can permission="audiences.write">
          <PathLink path={`/audiences/new?rule=${encodeURIComponent(JSON.stringify({ layering: now.summary.key, layers: [layer.key] }))}`}>
            <Button tabIndex={-1}>{t("layerings.asAudience")}</Button>
          </PathLink>
        </Can>
        <ExportButton permission="customers.export" total={one.customers} address={(format) => exportAddress(filter, format)} />
      </div>
      {flows && <Movers layer={layer.key} flows={flows} layering={now.summary.key} />}
    </Panel>
  );
}

function Who({ one, now }: { one: LayerNow; now: LayeringNow }) {
  const { t } = useWords();
  const { say, title, share, money, trait: read } = useFormat();
  if (one.customers === 0) return <p className={styles.who}>{t("layerings.emptyLayer")}</p>;
  const traits = now.summary.needs
    .filter((trait) => one.medians[trait.key] !== null && one.medians[trait.key] !== undefined)
    .slice(0, 2)
    .map((trait) => t("layerings.who.trait", {
      name: say(trait.name), value: read(trait, one.medians[trait.key]), all: read(trait, now.medians[trait.key]),
    }))
    .join(t("layerings.who.comma"));
  return (
    <p className={styles.who}>
      {title(one.layer.meaning)}
      {t("layerings.who.stop")}
      {traits && t("layerings.who.traits", { traits })}
      {one.money !== 0 && (
        <span {...explain(t("layerings.who.moneyBase"))}>
          {t("layerings.who.money", { each: money(one.money / one.customers), share: share(one.money_share) })}
        </span>
      )}{" "}
      <Few customers={one.customers} />
    </p>
  );
}

/** Texts, flags and dates have no median to draw. */
const WITH_MEDIAN = (trait: TraitInfo, now: LayeringNow) => (now.medians[trait.key] ?? null) !== null;

function TraitBars({ one, now }: { one: LayerNow; now: LayeringNow }) {
  const { t } = useWords();
  const { say, title, meaning, trait: read } = useFormat();
  return (
    <dl className={styles.bars}>
      {now.summary.needs.filter((trait) => WITH_MEDIAN(trait, now)).map((trait) => {
        const value = one.medians[trait.key] ?? null;
        const all = now.medians[trait.key] ?? null;
        const top = 1.15 * Math.max(0, ...now.layers.map((each) => each.medians[trait.key] ?? 0), all ?? 0) || 1;
        return (
          <div key={trait.key} className={styles.bar}>
            <dt {...explain(say(trait.name), meaning(trait))}>{title(trait.name)}</dt>
            <dd className={styles.track}>
              <GapBar share={(value ?? 0) / top} tick={all === null ? null : all / top} />
            </dd>
            <dd className={styles.value} {...explain(t("layerings.medianOf", { name: say(one.layer.name) }), t("layerings.medianAll"))}>
              <b>{read(trait, value)}</b> <span className="muted small">{t("layerings.all", { value: read(trait, all) })}</span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
