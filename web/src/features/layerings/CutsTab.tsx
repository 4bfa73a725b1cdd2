/** The cut editor: every cut over its histogram, and at once who would move. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { cutsQuery } from "@/api/queries";
import type { CutHistogram, LayeringNow, Parameters } from "@/api/types";
import { useWords } from "@/i18n";
import { Refused } from "@/ui/Refused";
import { Waiting, Wrong } from "@/ui/states";
import { CutEditor } from "./CutEditor";
import styles from "./CutsTab.module.css";
import { at, put, same } from "./parameters";
import { SaveBar } from "./SaveBar";
import { fieldOf, type Schema } from "./schema";
import { useDrafts } from "./useDrafts";
import { useImpact } from "./useImpact";

export default function CutsTab({ now }: { now: LayeringNow }) {
  const { data, error, refetch } = useQuery(cutsQuery(now.summary.key, now.period.as_of));
  if (error) return <Wrong error={error} onRetry={() => void refetch()} />;
  return data ? <Editors now={now} cuts={data.cuts} /> : <Waiting lines={10} />;
}

function Editors({ now, cuts }: { now: LayeringNow; cuts: CutHistogram[] }) {
  const { t } = useWords();
  const { drafts, moving, wrong, put: draft, undo, clear } = useDrafts(cuts.map((cut) => cut.field));
  const changed = useMemo<Parameters | null>(() => {
    let next = now.parameters;
    for (const [field, rule] of Object.entries(drafts)) next = put(next, field, rule);
    return same(next, now.parameters) ? null : next;
  }, [drafts, now.parameters]);
  const tried = useImpact(now.summary.key, changed, now.period.as_of);
  const schema = now.parameters_schema as Schema;
  const silence = (field: string) => {
    const found = schema.properties?.[field];
    return found !== undefined && fieldOf(found, schema, field).kind === "silence";
  };
  return (
    <div className="stack">
      <p className="muted">{t("layerings.cuts.how")}</p>
      <Refused items={wrong.map((given) => ({ name: "draft", given, instead: t("shell.address.cutInForce") }))} />
      <div className={styles.cuts}>
        {cuts.map((cut) => (
          <CutEditor
            key={cut.field}
            cut={cut}
            name={cuts.some((other) => other !== cut && other.trait.key === cut.trait.key) ? t(`layerings.parameter.${cut.field}`, { defaultValue: cut.field }) : undefined}
            rule={(at(now.parameters, cut.field) as string | number | undefined) ?? cut.cut.rule}
            silence={silence(cut.field)}
            draft={drafts[cut.field]}
            onDraft={(rule) => draft(cut.field, rule)}
          />
        ))}
      </div>
      <SaveBar now={now} changed={changed} tried={tried} onReset={clear} onUndo={undo} lost={moving} leaving={t("layerings.cuts.leaving")} />
    </div>
  );
}
