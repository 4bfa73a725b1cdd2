/** Who meets the rule: how many, of how many, the rule in words, and some of them. */
import { useMutation } from "@tanstack/react-query";
import { exportSelection } from "@/api/commands";
import type { AudienceInfo, ExportFormat, Selected } from "@/api/types";
import { download } from "@/charts/save";
import { useWords } from "@/i18n";
import { ExportButton } from "@/ui/ExportButton";
import { explain } from "@/ui/Explanations";
import { Few } from "@/ui/Few";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import { Waiting, Wrong } from "@/ui/states";
import { isWord, useFormat } from "@/ui/useFormat";
import styles from "./Audiences.module.css";
import { SaveAudience } from "./SaveAudience";
import type { Selecting } from "./useSelection";

interface Props {
  selecting: Selecting;
  as_of: string | undefined;
  /** The audience that is being changed. */
  of: AudienceInfo | null;
}

export function AnswerPanel({ selecting, as_of, of }: Props) {
  const { t } = useWords();
  const { selected, rule, error, asking } = selecting;
  const save = useMutation({
    mutationFn: (kind: ExportFormat) => exportSelection(rule ?? {}, as_of, kind),
    onSuccess: (file, kind) => download(file, `audience-${selected?.as_of}.${kind}`),
  });
  const shown = error ? null : selected;
  return (
    <Panel
      className={styles.answer}
      title={t("audiences.answer.title")}
      note={shown && t("audiences.answer.asOf", { day: shown.as_of })}
      label={t("audiences.answer.title")}
      extra={
        shown && rule && (
          <>
            <ExportButton permission="customers.export" total={shown.customers} onTake={save.mutate} busy={save.isPending} />
            <SaveAudience rule={rule} of={of} disabled={asking} />
          </>
        )
      }
    >
      {rule === null && <p className="muted">{t("audiences.answer.none")}</p>}
      {rule !== null && error !== null && <Wrong error={error} compact />}
      {rule !== null && !selected && error === null && <Waiting lines={7} label={t("audiences.answer.asking")} />}
      {save.error && <Wrong error={save.error} compact />}
      {shown && <Answer selected={shown} asking={asking} />}
    </Panel>
  );
}

function Answer({ selected, asking }: { selected: Selected; asking: boolean }) {
  const { t } = useWords();
  const { number, share, title } = useFormat();
  return (
    <div className={styles.told} data-testid="answer" data-asking={asking} aria-live="polite" aria-busy={asking}>
      <p className={styles.count}>
        <b data-testid="count">{number(selected.customers)}</b>{" "}
        <span className="muted">{t("audiences.answer.of", { count: selected.everyone, n: number(selected.everyone), share: share(selected.share) })}</span>
      </p>
      <div className={styles.shareBar} aria-hidden>
        {selected.customers > 0 && <span style={{ width: `${selected.share * 100}%` }} />}
      </div>
      <Few customers={selected.customers} />
      <p className={styles.said}>{title(selected.said)}</p>
      {selected.customers === 0 ? <p className="muted">{t("audiences.answer.nobody")}</p> : <Sample selected={selected} />}
    </div>
  );
}

/** Some of those who meet a rule, with the traits that it reads. */
export function Sample({ selected }: { selected: Selected }) {
  const { t } = useWords();
  const { title, meaning, traitBare, number } = useFormat();
  return (
    <>
      <div className={`scroll-x ${styles.sample}`} tabIndex={0} role="region" aria-label={t("audiences.answer.sample")}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("customers.id")}</th>
              {selected.traits.map((trait) => (
                <th key={trait.key} scope="col" className={isWord(trait) ? undefined : "right"} {...explain(meaning(trait))}>
                  {title(trait.name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {selected.sample.map((one) => (
              <tr key={one.customer_id}>
                <td>
                  <PathLink path={`/customers/${encodeURIComponent(one.customer_id)}`}>{one.customer_id}</PathLink>
                </td>
                {selected.traits.map((trait) => (
                  <td key={trait.key} className={isWord(trait) ? undefined : "right"}>
                    {traitBare(trait, one.traits[trait.key])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {selected.customers > selected.sample.length && (
        <p className="muted small">{t("audiences.answer.first", { count: selected.sample.length, n: number(selected.customers) })}</p>
      )}
    </>
  );
}
