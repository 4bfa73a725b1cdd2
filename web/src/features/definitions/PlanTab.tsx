/** What the files in definitions/ would change, and who would move; all of it put in force by one button, or nothing. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox } from "antd";
import { useState } from "react";
import { applyPlan, exportDefinitions, planQuery, refreshAll } from "@/api/definitions";
import type { Plan, Planned } from "@/api/types";
import { useWords } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Waiting, Wrong } from "@/ui/states";
import { useUndo } from "@/ui/useUndo";
import styles from "./Definitions.module.css";
import { PlanItem } from "./PlanItem";
import { useCalled } from "./places";
import { canBeApplied, partsOf } from "./planParts";

export function PlanTab() {
  const { t } = useWords();
  const [prune, setPrune] = useState(false);
  const { data, error, isFetching, refetch } = useQuery(planQuery(prune));
  return (
    <div className="stack">
      <Panel title={t("definitions.plan.title")} extra={<Files onWritten={() => void refetch()} />}>
        <div className={styles.plan}>
          <p className="muted">{t("definitions.plan.what")}</p>
          <div className="row">
            <Button loading={isFetching} onClick={() => void refetch()}>
              {t("definitions.plan.again")}
            </Button>
            <Checkbox checked={prune} onChange={(event) => setPrune(event.target.checked)}>
              {t("definitions.plan.prune")}
            </Checkbox>
            <span className="push" />
            {data && !error && <Apply plan={data} prune={prune} busy={isFetching} onStale={() => void refetch()} />}
          </div>
          {error && <Wrong error={error} />}
          {!data && !error && <Waiting lines={6} label={t("definitions.plan.reading")} />}
          {data && !error && <Verdict plan={data} />}
        </div>
      </Panel>
      {data && !error && <Parts plan={data} />}
    </div>
  );
}

function Verdict({ plan }: { plan: Plan }) {
  const { t } = useWords();
  if (plan.conflicts) return <p className={`warn ${styles.verdict}`}>{t("definitions.plan.conflicting", { count: plan.conflicts })}</p>;
  if (!plan.changes) return <p className={styles.verdict}>{t("definitions.plan.nothing")}</p>;
  return (
    <p className={styles.verdict} data-testid="verdict">
      {t("definitions.plan.changes", { count: plan.changes })}
    </p>
  );
}

function Parts({ plan }: { plan: Plan }) {
  const { t } = useWords();
  const parts = partsOf(plan);
  const part = (key: "conflicts" | "changes" | "resting", items: Planned[]) =>
    items.length > 0 && (
      <Panel key={key} title={t(`definitions.plan.part.${key}`)} label={t(`definitions.plan.part.${key}`)}>
        {items.map((one) => (
          <PlanItem key={`${one.sort}/${one.key}`} one={one} open={items.length < 4} />
        ))}
      </Panel>
    );
  return (
    <>
      {part("conflicts", parts.conflicts)}
      {part("changes", parts.changes)}
      {part("resting", parts.resting)}
      {(parts.unfiled.length > 0 || parts.same > 0) && (
        <Panel>
          <div className={styles.plan}>
            {parts.same > 0 && <p className="muted">{t("definitions.plan.same", { count: parts.same })}</p>}
            {parts.unfiled.length > 0 && (
              <details>
                <summary>{t("definitions.plan.unfiled", { count: parts.unfiled.length })}</summary>
                {parts.unfiled.map((one) => (
                  <PlanItem key={`${one.sort}/${one.key}`} one={one} open={false} />
                ))}
              </details>
            )}
          </div>
        </Panel>
      )}
    </>
  );
}

interface ApplyProps {
  plan: Plan;
  prune: boolean;
  busy: boolean;
  onStale: () => void;
}

function Apply({ plan, prune, busy, onStale }: ApplyProps) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const { told, refused } = useUndo();
  const called = useCalled();
  const cache = useQueryClient();
  const goes = plan.definitions.filter((one) => one.sort === "tags" && one.deed === "remove");
  const apply = useMutation({
    mutationFn: () => applyPlan(plan.digest, prune),
    onSuccess: (done) => {
      refreshAll(cache);
      told(t("definitions.plan.applied", { count: done.changes }));
    },
    onError: (error) => {
      refused(error);
      onStale();
    },
  });
  const ask = () =>
    void modal.confirm({
      title: t("definitions.plan.ask", { count: plan.changes }),
      content: (
        <>
          <p>{t("definitions.plan.askWhat")}</p>
          {goes.length > 0 && <p className="warn">{t("definitions.plan.losesTags", { count: goes.length, tags: goes.map(called).join(", ") })}</p>}
        </>
      ),
      okText: t("definitions.plan.yes"),
      cancelText: t("definitions.cancel"),
      onOk: () => apply.mutateAsync().catch(() => undefined),
    });
  return (
    <Button type="primary" disabled={!canBeApplied(plan) || busy} loading={apply.isPending} onClick={ask}>
      {plan.changes ? t("definitions.plan.apply", { count: plan.changes }) : t("definitions.plan.yes")}
    </Button>
  );
}

/** Writing what is in force into files. */
function Files({ onWritten }: { onWritten: () => void }) {
  const { t } = useWords();
  const { told, refused } = useUndo();
  const write = useMutation({
    mutationFn: exportDefinitions,
    onSuccess: (done) => {
      const left = done.left_alone.length ? ` ${t("definitions.write.left", { count: done.left_alone.length, files: done.left_alone.join(", ") })}` : "";
      told(t("definitions.write.done", { count: done.written.length, same: done.unchanged }) + left);
      onWritten();
    },
    onError: refused,
  });
  return (
    <Button loading={write.isPending} onClick={() => write.mutate()}>
      {t("definitions.write.action")}
    </Button>
  );
}
