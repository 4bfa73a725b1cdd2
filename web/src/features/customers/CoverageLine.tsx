/** Of how many customers each of the four things is known: one line. */
import { useQuery } from "@tanstack/react-query";
import { coverageQuery } from "@/api/knowing";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useFormat } from "@/ui/useFormat";
import styles from "./Customers.module.css";

export function CoverageLine({ as_of }: { as_of: string | undefined }) {
  const { t } = useWords();
  const { say, number, share } = useFormat();
  const { data } = useQuery(coverageQuery(as_of));
  if (!data?.customers) return <p className={`muted small ${styles.coverage}`} aria-hidden />;
  return (
    <p className={`muted small ${styles.coverage}`} role="group" aria-label={t("customers.knowing.title")}>
      <span>{t("customers.knowing.coverage")}</span>
      {data.things.map((one) => (
        <span
          key={one.key}
          {...explain(say(one.name), t("customers.knowing.coverageMeaning", { customers: number(data.customers), known: number(one.known), team: number(one.by_team), data: number(one.by_data) }))}
        >
          {t("customers.knowing.coverageOf", { name: say(one.name), share: share(one.share) })}
        </span>
      ))}
      <span>{t("customers.knowing.all", { n: number(data.whole) })}</span>
    </p>
  );
}
