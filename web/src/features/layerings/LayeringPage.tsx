/** One layering: terraces and the chosen layer; below, traits, flows, cuts, map and definition. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { maskedName } from "@/api/problem";
import { flowsQuery, layeringQuery } from "@/api/queries";
import type { Flows, LayeringNow } from "@/api/types";
import { Terraces } from "@/charts/Terraces";
import { useWords } from "@/i18n";
import { Notes } from "@/ui/Notes";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { usePeriod } from "@/ui/period";
import { Refused } from "@/ui/Refused";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { chosenLayer } from "./chosenLayer";
import { Headline } from "./Headline";
import { LayerCard } from "./LayerCard";
import styles from "./Layerings.module.css";
import { LayeringTabs } from "./LayeringTabs";

export default function LayeringPage() {
  const { t } = useWords();
  const { key } = useParams({ from: "/layerings/$key" });
  const { asked } = usePeriod();
  const { say } = useFormat();
  const { data, error, refetch, isPlaceholderData } = useQuery(layeringQuery(key, asked));
  const start = data?.period.compare ?? "";
  const between = { start, end: data?.period.as_of ?? "", fit_as_of: data?.fit_as_of };
  const flows = useQuery({ ...flowsQuery(key, between), enabled: start !== "" });
  const masked = maskedName(error);
  const now = data && !masked && (!isPlaceholderData || data.summary.key === key) ? data : undefined;
  return (
    <>
      <PageHead
        title={now ? say(now.summary.name) : masked ? say(masked) : t("shell.room.layerings")}
        note={now && <About now={now} />}
        says={now && <Headline now={now} flows={flows.data} />}
      />
      {error && <Wrong error={error} onRetry={() => void refetch()} />}
      {!now && !error && (
        <Panel>
          <Waiting lines={14} />
        </Panel>
      )}
      {now && <Body now={now} flows={flows.data} />}
    </>
  );
}

function About({ now }: { now: LayeringNow }) {
  const { t } = useWords();
  const parts = [t("layerings.version", { version: now.summary.version }), t("layerings.fitted", { day: now.fit_as_of })];
  return (
    <span className="row">
      {parts.join(" · ")}
      <Link to="/layerings/compare" search={{ first: now.summary.key }}>
        {t("layerings.compare.with")}
      </Link>
    </span>
  );
}

function Body({ now, flows }: { now: LayeringNow; flows: Flows | undefined }) {
  const { t } = useWords();
  const { layer } = useSearch({ from: "/layerings/$key" });
  const navigate = useNavigate({ from: "/layerings/$key" });
  const { say } = useFormat();
  const chosen = chosenLayer(now, layer);
  const one = now.layers.find((candidate) => candidate.layer.key === chosen);
  const moneySince = t(now.money_days === null ? "layerings.moneySince.all" : "layerings.moneySince.days", { days: now.money_days });
  const choose = (key: string) =>
    void navigate({ search: (before) => ({ ...before, layer: key }), replace: true, resetScroll: false });
  return (
    <div className="stack">
      <Refused items={layer !== undefined && layer !== chosen ? [{ name: "layer", given: layer, instead: one ? say(one.layer.name) : "–" }] : []} />
      {now.summary.missing ? <MissingData now={now} /> : null}
      <div className={styles.two}>
        <Panel>
          <Terraces
            title={t(now.summary.ordered ? "layerings.terraces" : "layerings.sideBySide")}
            note={`${t(now.summary.ordered ? "layerings.terracesNote" : "layerings.sideBySideNote")} · ${moneySince}`}
            name={now.summary.key}
            layers={now.layers}
            compare={now.period.compare}
            moves={flows?.moves}
            chosen={chosen}
            onChoose={choose}
          />
          <Notes notes={now.notes} />
        </Panel>
        {one && <LayerCard one={one} now={now} flows={flows} />}
      </div>
      <LayeringTabs now={now} />
    </div>
  );
}

function MissingData({ now }: { now: LayeringNow }) {
  const { say } = useFormat();
  return (
    <Panel>
      <p className="warn">{now.summary.missing && say(now.summary.missing)}</p>
    </Panel>
  );
}
