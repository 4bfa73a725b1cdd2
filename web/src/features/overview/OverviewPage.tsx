/** The overview: what changed, who needs me, what to do. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { flowsQuery, overviewQuery, workspaceQuery } from "@/api/queries";
import type { Overview } from "@/api/types";
import { Terraces } from "@/charts/Terraces";
import { useWords } from "@/i18n";
import { Notes } from "@/ui/Notes";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { useGo } from "@/ui/PathLink";
import { usePeriod } from "@/ui/period";
import { Can } from "@/ui/permissions";
import { SampleOffer } from "@/ui/SampleOffer";
import { Nothing, Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { Card } from "./Card";
import { NeedsYouList } from "./NeedsYouList";
import styles from "./Overview.module.css";

export default function OverviewPage() {
  const { t } = useWords();
  const { asked, as_of } = usePeriod();
  const workspace = useQuery(workspaceQuery);
  const overview = useQuery(overviewQuery(asked));
  const { number } = useFormat();
  const empty = workspace.data && workspace.data.tables.every((table) => table.rows === 0);
  return (
    <>
      <PageHead
        title={workspace.data?.name || t("shell.room.overview")}
        note={as_of && overview.data && t("overview.note", { day: as_of, count: overview.data.customers, n: number(overview.data.customers) })}
        dated={!empty}
      />
      {empty ? <Welcome /> : <Body overview={overview.data} error={overview.error} retry={() => void overview.refetch()} />}
    </>
  );
}

function Welcome() {
  const { t } = useWords();
  const go = useGo();
  return (
    <Panel>
      <Nothing
        title={t("overview.welcome.title")}
        action={
          <Can permission="data.load">
            <Button type="primary" size="large" onClick={() => go("/data")}>
              {t("overview.welcome.action")}
            </Button>
          </Can>
        }
      >
        <p>{t("overview.welcome.what")}</p>
        <ol className={styles.teach}>
          {(["drop", "check", "see"] as const).map((step, at) => (
            <li key={step}>
              <b>{at + 1}</b> {t(`overview.welcome.${step}`)}
            </li>
          ))}
        </ol>
      </Nothing>
      <Can permission="data.load">
        <SampleOffer onStarted={(id) => go(`/data/imports/${id}`)} />
      </Can>
    </Panel>
  );
}

interface BodyProps {
  overview: Overview | undefined;
  error: Error | null;
  retry: () => void;
}

function Body({ overview, error, retry }: BodyProps) {
  if (error) return <Wrong error={error} onRetry={retry} />;
  if (!overview) return <Skeletons />;
  return (
    <div className={styles.page}>
      <div className={styles.cards}>
        {overview.cards.map((card) => (
          <Card key={card.key} card={card} overview={overview} />
        ))}
      </div>
      <div className={styles.two}>
        <Panel>
          <MainTerraces overview={overview} />
        </Panel>
        <div className="stack">
          <NeedsYouList waiting={overview.needs_you} />
          {overview.notes.length > 0 && (
            <Panel>
              <Notes notes={overview.notes} />
            </Panel>
          )}
        </div>
      </div>
    </div>
  );
}

function MainTerraces({ overview }: { overview: Overview }) {
  const { t } = useWords();
  const { say, number } = useFormat();
  const go = useGo();
  const { layering, period } = overview;
  const key = layering?.key ?? "";
  const between = { start: period.compare ?? "", end: period.as_of, fit_as_of: period.as_of };
  const { data: flows } = useQuery({ ...flowsQuery(key, between), enabled: key !== "" && period.compare !== null });
  if (!layering) return <Nothing title={t("overview.noLayering")} />;
  return (
    <Terraces
      title={t("overview.terraces")}
      note={`${say(layering.name)} · ${t("overview.customers", { count: overview.customers, n: number(overview.customers) })}`}
      name={layering.key}
      layers={overview.layers}
      compare={period.compare}
      moves={flows?.moves}
      onChoose={(layer) => go(`/layerings/${encodeURIComponent(layering.key)}?layer=${encodeURIComponent(layer)}`)}
    />
  );
}

function Skeletons() {
  return (
    <div className={styles.page}>
      <div className={styles.cards}>
        {[1, 2, 3, 4].map((card) => (
          <Panel key={card} className={styles.card}>
            <Waiting lines={3} />
          </Panel>
        ))}
      </div>
      <div className={styles.two}>
        <Panel>
          <Waiting lines={12} />
        </Panel>
        <Panel>
          <Waiting lines={5} />
        </Panel>
      </div>
    </div>
  );
}
