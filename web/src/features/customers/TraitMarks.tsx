/** The customer's traits, each with its place among all customers. */
import type { TraitMark } from "@/api/types";
import { GapBar } from "@/charts/GapBar";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { Panel } from "@/ui/Panel";
import { useFormat } from "@/ui/useFormat";
import styles from "./Portrait.module.css";

export function TraitMarks({ marks }: { marks: TraitMark[] }) {
  const { t } = useWords();
  const { say, title, meaning, trait: read, share } = useFormat();
  return (
    <Panel title={t("customers.marks.title")} note={marks.some((mark) => mark.percentile !== null) && t("customers.marks.note")}>
      <dl className={styles.marks}>
        {marks.map(({ trait, value, percentile }) => (
          <div key={trait.key} className={styles.markLine} {...explain(say(trait.name), meaning(trait), percentile !== null && t("customers.marks.percentile", { share: share(percentile) }))}>
            <dt className="muted">{title(trait.name)}</dt>
            <dd>
              <b>{read(trait, value)}</b>
            </dd>
            <dd className={styles.markBar}>{percentile !== null && <GapBar share={percentile} tick={0.5} tone="plain" />}</dd>
            <dd className="muted small num">{percentile !== null && t("customers.marks.above", { share: share(percentile) })}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
