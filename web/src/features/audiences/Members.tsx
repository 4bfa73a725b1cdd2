/** Some of those who are in an audience, with the traits that its rule reads. */
import { useQuery } from "@tanstack/react-query";
import { selectionQuery } from "@/api/queries";
import type { AudienceNow } from "@/api/types";
import { useWords } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { usePeriod } from "@/ui/period";
import { Waiting, Wrong } from "@/ui/states";
import { Sample } from "./AnswerPanel";

export function Members({ now }: { now: AudienceNow }) {
  const { t } = useWords();
  const { asked } = usePeriod();
  const rule = now.rule ?? { audience: now.audience.key };
  const { data, error } = useQuery({ ...selectionQuery(rule, asked.as_of), enabled: now.audience.problem === null });
  if (now.audience.problem) return null;
  return (
    <Panel title={t("audiences.answer.sample")}>
      {error && <Wrong error={error} compact />}
      {!data && !error && <Waiting lines={6} />}
      {data && (data.customers === 0 ? <p className="muted">{t("audiences.one.nobody")}</p> : <Sample selected={data} />)}
    </Panel>
  );
}
