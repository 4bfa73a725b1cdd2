/** Why the customer is where they are, and what they lack to be core. */
import { Link } from "@tanstack/react-router";
import { Select } from "antd";
import { useState } from "react";
import type { CustomerLayer, GapInfo, ReasonInfo } from "@/api/types";
import { GapBar } from "@/charts/GapBar";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { Notes } from "@/ui/Notes";
import { Panel } from "@/ui/Panel";
import { Sentence } from "@/ui/Sentence";
import { useFormat } from "@/ui/useFormat";
import styles from "./Portrait.module.css";

/** One layering at a time, the first at first: a workspace may have dozens, more than tabs hold. */
export function Why({ layers }: { layers: CustomerLayer[] }) {
  const { t } = useWords();
  const { say } = useFormat();
  const [asked, ask] = useState<string>();
  const one = layers.find((held) => held.layering === asked) ?? layers[0];
  if (!one) return null;
  const choice = layers.length > 1 && (
    <Select
      showSearch={{ optionFilterProp: "label" }}
      aria-label={t("customers.why.layering")}
      className={styles.choice}
      value={one.layering}
      onChange={ask}
      options={layers.map((held) => ({ value: held.layering, label: `${say(held.name)} · ${say(held.layer.name)}` }))}
    />
  );
  return (
    <Panel title={t("customers.why.title")} extra={choice}>
      <One key={one.layering} one={one} />
    </Panel>
  );
}

function One({ one }: { one: CustomerLayer }) {
  const { t } = useWords();
  const { say, title } = useFormat();
  return (
    <div className="stack">
      <div>
        <p className={styles.layer}>
          <Link to="/layerings/$key" params={{ key: one.layering }} search={{ layer: one.layer.key }}>
            {say(one.layer.name)}
          </Link>{" "}
          {one.layer.rank !== null && <span className={styles.rank}>{t("customers.rank", { rank: one.layer.rank })}</span>}
        </p>
        <p className="muted">{title(one.layer.meaning)}</p>
      </div>
      {one.reasons.length > 0 && (
        <ul className={styles.reasons}>
          {one.reasons.map((reason) => (
            <Reason key={reason.trait.key} reason={reason} />
          ))}
        </ul>
      )}
      {one.gaps.length > 0 && (
        <section aria-label={t("customers.gaps.title")}>
          <h3 className={styles.sub}>{t("customers.gaps.title")}</h3>
          <dl className={styles.gaps}>
            {one.gaps.map((gap) => (
              <Gap key={gap.trait.key} gap={gap} most={gap.trait.key === one.lacking} />
            ))}
          </dl>
        </section>
      )}
      <section className={styles.play} aria-label={t("customers.play")}>
        <h3 className={styles.sub}>
          {t("customers.play")} · {say(one.layer.play.aim)}
        </h3>
        <p>{one.layer.play.actions.map((action) => say(action)).join(t("customers.then"))}</p>
      </section>
      <Notes notes={one.notes} />
    </div>
  );
}

function Reason({ reason }: { reason: ReasonInfo }) {
  const { say, title, meaning } = useFormat();
  const tone = reason.high === null ? "" : reason.high ? "up" : "down";
  return (
    <li {...explain(say(reason.trait.name), meaning(reason.trait))}>
      <span className={`${styles.mark} ${tone}`} aria-hidden>
        {reason.high === null ? "·" : reason.high ? "▲" : "▼"}
      </span>
      <span>
        <Sentence text={title(reason.sentence)} />
      </span>
    </li>
  );
}

function Gap({ gap, most }: { gap: GapInfo; most: boolean }) {
  const { t } = useWords();
  const { title, trait: read, share } = useFormat();
  const reached = gap.gap === 0;
  return (
    <div className={styles.gap}>
      <dt>
        {title(gap.trait.name)} {most && <span className="small down">{t("customers.gaps.most")}</span>}
      </dt>
      <dd>
        <GapBar share={reached ? 1 : Math.max(0.03, 1 - (gap.share ?? 1))} tone={reached ? "accent" : "plain"} />
      </dd>
      <dd className={styles.gapValue} {...explain(t("customers.gaps.meaning"), gap.share !== null && t("customers.gaps.share", { share: share(gap.share) }))}>
        {reached ? <span className="up">{t("customers.gaps.reached")}</span> : <b>{t("customers.gaps.lacks", { value: read(gap.trait, gap.gap) })}</b>}
      </dd>
      <dd className={`muted small ${styles.gapSays}`}>{title(gap.sentence)}</dd>
    </div>
  );
}
