/** Step three: progress with rows and rate, then what the import did. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Progress } from "antd";
import { useEffect } from "react";
import { cancelImport } from "@/api/commands";
import { importQuery, isUnderWay } from "@/api/queries";
import type { ImportRun } from "@/api/types";
import { useWords } from "@/i18n";
import { Can } from "@/ui/permissions";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Data.module.css";
import { ResultView } from "./ResultView";
import { UndoButton } from "./UndoButton";
import { canBeUndone } from "./undone";

interface Props {
  id: string;
  onAgain: () => void;
  onSee: (path: string) => void;
}

export function RunPanel({ id, onAgain, onSee }: Props) {
  const cache = useQueryClient();
  const { data: run, error, refetch } = useQuery(importQuery(id));
  const state = run?.state;
  useEffect(() => {
    if (state === "done") void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "import" });
    else if (state) void cache.invalidateQueries({ queryKey: ["imports"] });
  }, [state, cache]);
  if (error) return <Wrong error={error} onRetry={() => void refetch()} />;
  if (!run) return <Waiting lines={4} />;
  if (isUnderWay(run)) return <Running run={run} />;
  return <Finished run={run} onAgain={onAgain} onSee={onSee} />;
}

function Running({ run }: { run: ImportRun }) {
  const { t } = useWords();
  const { say, number } = useFormat();
  const cache = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelImport(run.id),
    onSuccess: (next) => cache.setQueryData(importQuery(run.id).queryKey, next),
  });
  const share = run.rows_total ? run.rows_done / run.rows_total : null;
  return (
    <div className={styles.sending} aria-live="polite">
      <p className={styles.file}>{run.file_name}</p>
      <Progress percent={share === null ? 100 : Math.floor(share * 100)} showInfo={share !== null} status="active" aria-label={t("data.run.progress")} />
      <p className="muted">
        {run.stage ? say(run.stage) : t("data.run.waiting")} · {t("data.run.rows", { count: run.rows_total ?? run.rows_done, done: number(run.rows_done), total: run.rows_total === null ? "…" : number(run.rows_total) })}
        {run.rows_per_second !== null && ` · ${t("data.run.rate", { rate: number(Math.round(run.rows_per_second)) })}`}
      </p>
      <Can permission="data.load">
        <Button onClick={() => cancel.mutate()} loading={cancel.isPending}>
          {t("data.cancel")}
        </Button>
      </Can>
      {cancel.error && <Wrong error={cancel.error} compact />}
    </div>
  );
}

function Finished({ run, onAgain, onSee }: { run: ImportRun; onAgain: () => void; onSee: (path: string) => void }) {
  const { t } = useWords();
  const { say, instant } = useFormat();
  return (
    <div className="stack">
      <div>
        <h3 className={styles.file}>{t(`data.run.title.${run.state}`, { name: run.file_name })}</h3>
        {run.undone_at && <p className="muted">{t("data.undo.at", { at: instant(run.undone_at) })}</p>}
        {run.state === "cancelled" && <p className="muted">{t("data.run.nothingStays")}</p>}
      </div>
      {run.error && (
        <div role="alert" className={styles.failed}>
          <b>{say(run.error)}</b>
          {run.mend && <p>{say(run.mend)}</p>}
        </div>
      )}
      {run.result && <ResultView run={run} result={run.result} />}
      <div className="row">
        {run.state === "done" && (
          <Button type="primary" size="large" onClick={() => onSee(run.result?.layering ? `/layerings/${run.result.layering}` : "/")}>
            {t("data.run.see")}
          </Button>
        )}
        <Can permission="data.load">
          <Button size="large" onClick={onAgain}>
            {t("data.run.again")}
          </Button>
        </Can>
        {canBeUndone(run) && <UndoButton run={run} />}
      </div>
    </div>
  );
}
