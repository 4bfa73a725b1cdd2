/** The imports so far, the newest first. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { importsQuery } from "@/api/queries";
import { useWords } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Data.module.css";
import { UndoButton } from "./UndoButton";
import { canBeUndone, shownState } from "./undone";

export function ImportList() {
  const { t } = useWords();
  const { number, instant } = useFormat();
  const { data, error, refetch } = useQuery(importsQuery);
  return (
    <Panel title={t("data.imports.title")}>
      {error && <Wrong error={error} onRetry={() => void refetch()} compact />}
      {!data && !error && <Waiting lines={3} />}
      {data?.runs.length === 0 && <p className="muted">{t("data.imports.none")}</p>}
      {data && data.runs.length > 0 && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t("data.imports.title")}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("data.imports.file")}</th>
                <th scope="col">{t("data.imports.table")}</th>
                <th scope="col">{t("data.imports.state")}</th>
                <th scope="col" className="right">{t("data.result.rows")}</th>
                <th scope="col" className="right">{t("data.result.rejected")}</th>
                <th scope="col">{t("data.imports.at")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {data.runs.map((run) => (
                <tr key={run.id}>
                  <td>
                    <Link to="/data/imports/$importId" params={{ importId: run.id }}>
                      {run.file_name}
                    </Link>
                  </td>
                  <td>{t(`data.table.${run.table}`, { defaultValue: run.table })}</td>
                  <td>
                    <span className={styles.state} data-state={shownState(run)}>
                      {t(`data.state.${shownState(run)}`, { defaultValue: run.state })}
                    </span>
                  </td>
                  <td className="right">{number(run.result?.rows ?? run.rows_done)}</td>
                  <td className={`right ${run.result?.rejected ? "down" : ""}`}>{run.result ? number(run.result.rejected) : "–"}</td>
                  <td className="num muted">{instant(run.started_at)}</td>
                  <td>{canBeUndone(run) && <UndoButton run={run} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
