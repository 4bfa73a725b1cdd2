/** What came of putting somebody in charge of many: every id that was given is in one of its lines. */
import { UndoOutlined } from "@ant-design/icons";
import type { UseMutationResult } from "@tanstack/react-query";
import { Button } from "antd";
import type { undoCharge } from "@/api/knowing";
import type { ChargeReport } from "@/api/types";
import { useWords } from "@/i18n";
import { Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Customers.module.css";

const LINES = ["changed", "taken_over", "already", "unknown", "blank", "repeated"] as const;

interface Props {
  report: ChargeReport;
  undo: UseMutationResult<Awaited<ReturnType<typeof undoCharge>>, Error, string>;
}

export function StaffReport({ report, undo }: Props) {
  const { t } = useWords();
  const { number } = useFormat();
  const { batch } = report;
  return (
    <section className={styles.report} role="status" aria-label={t("customers.staff.batch")}>
      <h3>{t("customers.staff.asked", { count: report.asked, n: number(report.asked) })}</h3>
      <dl>
        {LINES.filter((line) => line === "changed" || report[line] > 0).map((line) => (
          <div key={line}>
            <dt>{t(`customers.staff.line.${line}`)}</dt>
            <dd>{number(report[line])}</dd>
          </div>
        ))}
      </dl>
      {report.unknown_ids.length > 0 && <p className="muted small">{report.unknown_ids.slice(0, 20).join(" ")}</p>}
      {undo.data ? (
        <p>{t("customers.staff.undone", { removed: number(undo.data.removed), restored: number(undo.data.restored) })}</p>
      ) : (
        batch !== null && (
          <Button size="small" icon={<UndoOutlined />} loading={undo.isPending} onClick={() => undo.mutate(batch)}>
            {t("shell.undo")}
          </Button>
        )
      )}
      {undo.error && <Wrong error={undo.error} compact />}
    </section>
  );
}
