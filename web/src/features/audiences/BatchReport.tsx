/** What came of tagging many at once: every id that was given is in one of its lines. */
import { UndoOutlined } from "@ant-design/icons";
import type { UseMutationResult } from "@tanstack/react-query";
import { Button } from "antd";
import type { undoTagBatch } from "@/api/commands";
import type { TaggedReport, UntaggedReport } from "@/api/types";
import { useWords } from "@/i18n";
import { Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Tags.module.css";

type Undone = Awaited<ReturnType<typeof undoTagBatch>>;

interface Props {
  report: TaggedReport | UntaggedReport;
  undo: UseMutationResult<Undone, Error, string>;
}

export function BatchReport({ report, undo }: Props) {
  const { t } = useWords();
  const { number } = useFormat();
  const given = "tagged" in report;
  const lines: [string, number][] = given
    ? [["tagged", report.tagged], ["already", report.already]]
    : [["untagged", report.untagged], ["withoutIt", report.without]];
  lines.push(["unknown", report.unknown], ["blank", report.blank], ["repeated", report.repeated]);
  const { batch } = report;
  return (
    <section className={styles.report} aria-label={t("audiences.report.title")} role="status">
      <h3>{t("audiences.report.asked", { count: report.asked, n: number(report.asked) })}</h3>
      <dl>
        {lines
          .filter(([name, count], place) => place === 0 || count > 0 || name === "already")
          .map(([name, count]) => (
            <div key={name}>
              <dt>{t(`audiences.report.line.${name}`)}</dt>
              <dd>{number(count)}</dd>
            </div>
          ))}
      </dl>
      {given && report.taken_out > 0 && <p className="small">{t("audiences.report.takenOut", { count: report.taken_out, n: number(report.taken_out) })}</p>}
      {report.unknown_ids.length > 0 && (
        <details>
          <summary>{t("audiences.report.whoUnknown")}</summary>
          <p className={styles.unknown}>{report.unknown_ids.join(" ")}</p>
          {report.unknown > report.unknown_ids.length && <p className="muted small">{t("audiences.report.first", { shown: number(report.unknown_ids.length) })}</p>}
        </details>
      )}
      {undo.data ? (
        <p>{t("audiences.report.undone", { removed: number(undo.data.removed), restored: number(undo.data.restored) })}</p>
      ) : (
        batch !== null && (
          <div>
            <Button size="small" icon={<UndoOutlined />} loading={undo.isPending} onClick={() => undo.mutate(batch)}>
              {t("shell.undo")}
            </Button>
          </div>
        )
      )}
      {undo.error && <Wrong error={undo.error} compact />}
    </section>
  );
}
