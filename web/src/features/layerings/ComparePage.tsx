/** Two layerings laid over each other: who is where in both, and what moves together. */
import { SwapOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Select } from "antd";
import { crossedQuery, layeringsQuery } from "@/api/queries";
import type { LayeringSummary } from "@/api/types";
import { useWords } from "@/i18n";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { usePeriod } from "@/ui/period";
import { Nothing, Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Compare.module.css";
import { other } from "./crossing";
import { CrossTable } from "./CrossTable";
import { Together } from "./Together";

export default function ComparePage() {
  const { t } = useWords();
  const { asked } = usePeriod();
  const search = useSearch({ from: "/layerings/compare" });
  const listed = useQuery(layeringsQuery(asked.as_of));
  const ready = (listed.data ?? []).filter((one) => one.missing === null && !one.masked);
  const first = search.first ?? ready[0]?.key;
  const second = search.second ?? (first && other(ready, first));
  return (
    <>
      <PageHead title={t("layerings.compare.title")} says={<span className="muted">{t("layerings.compare.says")}</span>} />
      {listed.error && <Wrong error={listed.error} onRetry={() => void listed.refetch()} />}
      {!listed.data && !listed.error && (
        <Panel>
          <Waiting lines={12} />
        </Panel>
      )}
      {listed.data && ready.length < 2 && <Nothing title={t("layerings.compare.few")} />}
      {first && second && ready.length > 1 && (
        <div className="stack">
          <Choice ready={ready} first={first} second={second} />
          <Laid first={first} second={second} as_of={asked.as_of} />
        </div>
      )}
    </>
  );
}

function Choice({ ready, first, second }: { ready: LayeringSummary[]; first: string; second: string }) {
  const { t } = useWords();
  const { say } = useFormat();
  const navigate = useNavigate({ from: "/layerings/compare" });
  const put = (next: { first: string; second: string }) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const options = ready.map((one) => ({ value: one.key, label: say(one.name) }));
  return (
    <div className={styles.choice}>
      <Select
        aria-label={t("layerings.compare.first")}
        showSearch={{ optionFilterProp: "label" }}
        className={styles.pick}
        value={first}
        options={options}
        onChange={(key: string) => put({ first: key, second: key === second ? first : second })}
      />
      <Button icon={<SwapOutlined />} aria-label={t("layerings.compare.swap")} title={t("layerings.compare.swap")} onClick={() => put({ first: second, second: first })} />
      <Select
        aria-label={t("layerings.compare.second")}
        showSearch={{ optionFilterProp: "label" }}
        className={styles.pick}
        value={second}
        options={options}
        onChange={(key: string) => put({ first: key === first ? second : first, second: key })}
      />
    </div>
  );
}

function Laid({ first, second, as_of }: { first: string; second: string; as_of: string | undefined }) {
  const { data, error, refetch } = useQuery(crossedQuery(first, second, as_of));
  if (error) return <Wrong error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <Panel>
        <Waiting lines={12} />
      </Panel>
    );
  return (
    <>
      <Together crossed={data} />
      <Panel>
        <CrossTable crossed={data} />
      </Panel>
    </>
  );
}
