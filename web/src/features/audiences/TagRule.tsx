/** The rule that a tag follows: in words, when it was last in step, and bringing it there now. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { selectionQuery } from "@/api/queries";
import type { TagInfo } from "@/api/types";
import type { Rule } from "@/ui/rules/tree";
import { useWords } from "@/i18n";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Tags.module.css";
import { useRefresh } from "./useRefresh";

export function TagRule({ tag, rule, onEdit }: { tag: TagInfo; rule: Rule; onEdit: () => void }) {
  const { t } = useWords();
  const { title, number, instant } = useFormat();
  const { data, error } = useQuery(selectionQuery(rule, undefined));
  const refresh = useRefresh();
  return (
    <section className={styles.report} aria-label={t("audiences.tags.rule")}>
      <h3>{t("audiences.tags.rule")}</h3>
      {error && <Wrong error={error} compact />}
      {!data && !error && <Waiting lines={2} />}
      {data && !error && (
        <>
          <p data-testid="said">{title(data.said)}</p>
          <p className="muted small">
            {t("audiences.tags.meet", { count: data.customers, n: number(data.customers), day: data.as_of })}
            {data.customers !== tag.customers && <span className="warn"> · {t("audiences.tags.behind", { n: number(tag.customers) })}</span>}
          </p>
        </>
      )}
      <p className="muted small" data-testid="in-step">
        {tag.followed_at ? t("audiences.tags.inStep", { at: instant(tag.followed_at) }) : t("audiences.tags.neverInStep")} {t("audiences.tags.afterImports")}
      </p>
      <div className="row">
        <Button size="small" loading={refresh.isPending} onClick={() => refresh.mutate()}>
          {t("audiences.tags.refresh")}
        </Button>
        <Button size="small" onClick={onEdit}>
          {t("audiences.tags.changeRule")}
        </Button>
      </div>
    </section>
  );
}
