/** The portrait of the chosen layer: what sets it apart from everybody. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { portraitExportAddress } from "@/api/commands";
import { layerPortraitQuery } from "@/api/queries";
import type { LayeringNow } from "@/api/types";
import { GroupPortraitView } from "@/charts/GroupPortraitView";
import { useWords } from "@/i18n";
import { Waiting, Wrong } from "@/ui/states";
import { chosenLayer } from "./chosenLayer";

export default function PortraitTab({ now }: { now: LayeringNow }) {
  const { t } = useWords();
  const { layer } = useSearch({ from: "/layerings/$key" });
  const chosen = chosenLayer(now, layer) ?? "";
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...layerPortraitQuery(now.summary.key, chosen, now.period.as_of),
    placeholderData: keepPreviousData,
  });
  if (error) return <Wrong error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting lines={12} label={t("charts.portraitOf.waiting")} />;
  return (
    <div className="stack">
      {isPlaceholderData && <p className="muted small" role="status">{t("charts.portraitOf.waiting")}</p>}
      <GroupPortraitView
        portrait={data}
        file={`${now.summary.key}-${chosen}-portrait`}
        address={(format) => portraitExportAddress(now.summary.key, chosen, data.as_of, format)}
      />
    </div>
  );
}
