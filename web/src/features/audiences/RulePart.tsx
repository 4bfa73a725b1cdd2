/** The rule of a tag in the making: built here, with how many meet it now, and what that means for those who have it. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { cataloguedQuery } from "@/api/queries";
import type { TagInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { RuleBuilder } from "@/ui/rules/RuleBuilder";
import { LEAVES } from "@/ui/rules/leaves";
import type { Rule } from "@/ui/rules/tree";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { BLANK } from "./starts";
import styles from "./Tags.module.css";
import { useSelection } from "./useSelection";

interface Props {
  rule: Rule | null;
  onChange: (rule: Rule | null) => void;
  /** The tag that is being changed. */
  tag: TagInfo | null;
}

export function RulePart({ rule, onChange, tag }: Props) {
  const { t } = useWords();
  const traits = useQuery(cataloguedQuery);
  const selecting = useSelection(rule, undefined);
  return (
    <div className={styles.rule}>
      {traits.error && <Wrong error={traits.error} compact />}
      {!traits.data && !traits.error && <Waiting lines={4} />}
      {traits.data && rule && <RuleBuilder label={t("audiences.tags.rule")} rule={rule} onChange={onChange} traits={traits.data} kinds={LEAVES} wrong={selecting.wrong} />}
      {traits.data && !rule && <Button onClick={() => onChange(structuredClone(BLANK))}>{t("audiences.start.blank")}</Button>}
      {rule && <Live selecting={selecting} tag={tag} />}
    </div>
  );
}

function Live({ selecting, tag }: { selecting: ReturnType<typeof useSelection>; tag: TagInfo | null }) {
  const { t } = useWords();
  const { number, title } = useFormat();
  const { selected, error, asking } = selecting;
  if (error !== null) return <Wrong error={error} compact />;
  if (!selected) return <Waiting lines={1} label={t("audiences.answer.asking")} />;
  return (
    <div role="status" data-asking={asking} data-testid="meets">
      <p>
        <b>{t("audiences.tags.meet", { count: selected.customers, n: number(selected.customers), day: selected.as_of })}</b>
      </p>
      <p className="muted small">{title(selected.said)}</p>
      {tag && tag.rule === null && !!tag.customers && <p className="warn small">{t("audiences.tags.takesOver", { count: tag.customers, n: number(tag.customers) })}</p>}
    </div>
  );
}
