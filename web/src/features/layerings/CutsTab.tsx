/** The cut editor: every cut over its histogram, and at once who would move. */
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { cutsQuery } from "@/api/queries";
import type { CutHistogram, LayeringNow, Parameters } from "@/api/types";
import { useWords } from "@/i18n";
import { Waiting, Wrong } from "@/ui/states";
import { CutEditor } from "./CutEditor";
import styles from "./CutsTab.module.css";
import { at, put, same } from "./parameters";
import { SaveBar } from "./SaveBar";
import { useImpact } from "./useImpact";

/** A cut that is being tried: what would be saved, and where its handle stands. */
export interface Draft {
  parameter: string | number;
  value: number;
}

export default function CutsTab({ now }: { now: LayeringNow }) {
  const { data, error, refetch } = useQuery(cutsQuery(now.summary.key, now.period.as_of));
  if (error) return <Wrong error={error} onRetry={() => void refetch()} />;
  return data ? <Editors now={now} cuts={data.cuts} /> : <Waiting lines={10} />;
}

function Editors({ now, cuts }: { now: LayeringNow; cuts: CutHistogram[] }) {
  const { t } = useWords();
  const [drafts, setDrafts] = useState<Record<string, Draft>>({});
  const changed = useMemo<Parameters | null>(() => {
    let next = now.parameters;
    for (const [field, draft] of Object.entries(drafts)) next = put(next, field, draft.parameter);
    return same(next, now.parameters) ? null : next;
  }, [drafts, now.parameters]);
  const tried = useImpact(now.summary.key, changed, now.period.as_of);
  return (
    <div className="stack">
      <p className="muted">{t("layerings.cuts.how")}</p>
      <div className={styles.cuts}>
        {cuts.map((cut) => (
          <CutEditor
            key={cut.field}
            cut={cut}
            name={cuts.some((other) => other !== cut && other.trait.key === cut.trait.key) ? t(`layerings.parameter.${cut.field}`, { defaultValue: cut.field }) : undefined}
            rule={at(now.parameters, cut.field)}
            draft={drafts[cut.field]}
            onDraft={(draft) => setDrafts((before) => ({ ...before, [cut.field]: draft }))}
          />
        ))}
      </div>
      <SaveBar now={now} changed={changed} tried={tried} onReset={() => setDrafts({})} />
    </div>
  );
}
