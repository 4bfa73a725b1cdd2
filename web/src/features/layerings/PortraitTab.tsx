/** The portrait of the chosen layer: what sets it apart from everybody. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Checkbox, Input } from "antd";
import { useState } from "react";
import { portraitExportAddress } from "@/api/commands";
import { layerPortraitQuery } from "@/api/queries";
import type { GroupPortrait, LayeringNow } from "@/api/types";
import { PortraitBars } from "@/charts/PortraitBars";
import { filtered, type Filter } from "@/charts/portraitParts";
import { useWords } from "@/i18n";
import { ExportButton } from "@/ui/ExportButton";
import { Few } from "@/ui/Few";
import { Notes } from "@/ui/Notes";
import { Nothing, Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { chosenLayer } from "./chosenLayer";
import styles from "./SplitTab.module.css";

export default function PortraitTab({ now }: { now: LayeringNow }) {
  const { t } = useWords();
  const { layer } = useSearch({ from: "/layerings/$key" });
  const chosen = chosenLayer(now, layer) ?? "";
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...layerPortraitQuery(now.summary.key, chosen, now.period.as_of),
    placeholderData: keepPreviousData,
  });
  if (error) return <Wrong error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting lines={12} label={t("layerings.portrait.waiting")} />;
  return (
    <div className="stack">
      {isPlaceholderData && <p className="muted small" role="status">{t("layerings.portrait.waiting")}</p>}
      <Shown portrait={data} now={now} layer={chosen} />
    </div>
  );
}

function Shown({ portrait, now, layer }: { portrait: GroupPortrait; now: LayeringNow; layer: string }) {
  const { t } = useWords();
  const { say, number, share } = useFormat();
  const [filter, setFilter] = useState<Filter>({ text: "", alike: false, drawn: true });
  const traits = filtered(portrait, filter);
  const address = (format: Parameters<typeof portraitExportAddress>[3]) => portraitExportAddress(now.summary.key, layer, portrait.as_of, format);
  if (!portrait.inside) {
    return (
      <>
        <Nothing title={t("layerings.portrait.nobody", { name: say(portrait.name) })}>{t("layerings.portrait.nobodyHow")}</Nothing>
        <Notes notes={portrait.notes} />
      </>
    );
  }
  return (
    <>
      <p>
        {t("layerings.portrait.group", { name: say(portrait.name), n: number(portrait.inside), share: share(portrait.share) })} <Few customers={portrait.inside} />
      </p>
      <div className={styles.choices}>
        <Input.Search
          allowClear
          className={styles.outcome}
          value={filter.text}
          placeholder={t("layerings.portrait.find")}
          aria-label={t("layerings.portrait.find")}
          onChange={(event) => setFilter({ ...filter, text: event.target.value })}
        />
        <Checkbox checked={filter.drawn} onChange={(event) => setFilter({ ...filter, drawn: event.target.checked })}>
          {t("layerings.portrait.drawn")}
        </Checkbox>
        <Checkbox checked={filter.alike} onChange={(event) => setFilter({ ...filter, alike: event.target.checked })}>
          {t("layerings.portrait.alike")}
        </Checkbox>
        <ExportButton address={address} total={portrait.traits.length} />
      </div>
      {traits.length ? (
        <PortraitBars portrait={portrait} traits={traits} name={`${now.summary.key}-${layer}-portrait`} />
      ) : (
        <Nothing title={t("layerings.portrait.none")}>{t("layerings.portrait.noneHow")}</Nothing>
      )}
    </>
  );
}
