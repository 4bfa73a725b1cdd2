/** What sets an audience apart from everybody. */
import { useQuery } from "@tanstack/react-query";
import { audiencePortraitExportAddress } from "@/api/commands";
import { audiencePortraitQuery } from "@/api/queries";
import type { AudienceNow } from "@/api/types";
import { GroupPortraitView } from "@/charts/GroupPortraitView";
import { useWords } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Waiting, Wrong } from "@/ui/states";

export function AudiencePortrait({ now }: { now: AudienceNow }) {
  const { t } = useWords();
  const { key } = now.audience;
  const { data, error, refetch } = useQuery({ ...audiencePortraitQuery(key, now.period.as_of), enabled: now.audience.problem === null });
  if (now.audience.problem) return null;
  return (
    <Panel title={t("audiences.portrait")}>
      {error && <Wrong error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting lines={8} label={t("charts.portraitOf.waiting")} />}
      {data && (
        <div className="stack">
          <GroupPortraitView
            portrait={data}
            file={`${key}-portrait`}
            address={(format) => audiencePortraitExportAddress(key, data.as_of, format)}
          />
        </div>
      )}
    </Panel>
  );
}
