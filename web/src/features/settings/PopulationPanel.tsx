/** Who is left out of every fit and count: the rule, with how many would be out while it is written. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { changePopulation, populationQuery, wouldBeOutQuery } from "@/api/population";
import { cataloguedQuery } from "@/api/queries";
import type { PopulationInfo, PopulationTried } from "@/api/types";
import { useWords } from "@/i18n";
import { MaskedMark } from "@/ui/MaskedMark";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import type { Leaf } from "@/ui/rules/leaves";
import { RuleBuilder } from "@/ui/rules/RuleBuilder";
import type { Rule } from "@/ui/rules/tree";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { useSettled } from "@/ui/useSettled";
import styles from "./Settings.module.css";

/** All but layers, which are made of those who are left. */
const KINDS: Leaf[] = ["trait", "did", "didNot", "tag", "audience"];
const BEGUN: Rule = { any: [{ trait: "order_count", op: ">=", value: 100 }] };
const PAUSE = 300;

export function PopulationPanel() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(populationQuery());
  return (
    <Panel title={t("settings.population.title")} label={t("settings.population.title")}>
      <p className={`muted small ${styles.before}`}>{t("settings.population.note")}</p>
      {error && <Wrong error={error} onRetry={() => void refetch()} compact />}
      {!data && !error && <Waiting lines={4} />}
      {data?.masked && <MaskedMark />}
      {data && !data.masked && <Editor key={data.version} population={data} />}
    </Panel>
  );
}

function Editor({ population }: { population: PopulationInfo }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [rule, setRule] = useState<Rule | null>(population.rule);
  const traits = useQuery(cataloguedQuery);
  const save = useMutation({
    mutationFn: () => changePopulation({ rule, base_version: population.version }),
    onSuccess: () => {
      void cache.invalidateQueries();
      message.success(t("settings.saved"));
    },
  });
  const changed = JSON.stringify(rule) !== JSON.stringify(population.rule);
  return (
    <div className="stack">
      {rule && traits.data ? (
        <RuleBuilder label={t("settings.population.title")} rule={rule} onChange={setRule} traits={traits.data} kinds={KINDS} />
      ) : (
        <p>{t("settings.population.nobody")}</p>
      )}
      {rule && population.as_of !== null && <Live rule={rule} />}
      {save.error && <Wrong error={save.error} compact />}
      <div className="row">
        {rule === null && <Button onClick={() => setRule(structuredClone(population.rule ?? BEGUN))}>{t("settings.population.begin")}</Button>}
        <Button type="primary" disabled={!changed} loading={save.isPending} onClick={() => save.mutate()}>
          {t("settings.save")}
        </Button>
        {changed && <Button onClick={() => setRule(population.rule)}>{t("settings.reset")}</Button>}
        {rule !== null && (
          <Button type="text" onClick={() => setRule(null)}>
            {t("settings.population.clear")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** How many would be out, asked when the rule stands still. */
function Live({ rule }: { rule: Rule }) {
  const settled = useSettled(rule, PAUSE);
  const { data, error, isFetching } = useQuery(wouldBeOutQuery(settled));
  if (error) return <Wrong error={error} compact />;
  return data ? <Told tried={data} asking={isFetching || settled !== rule} /> : <Waiting lines={2} />;
}

function Told({ tried, asking }: { tried: PopulationTried; asking: boolean }) {
  const { t } = useWords();
  const { number, title, share } = useFormat();
  return (
    <div className={styles.told} data-asking={asking} aria-live="polite" aria-busy={asking}>
      <p>
        <b data-testid="would-be-out">{number(tried.excluded)}</b>{" "}
        {t("settings.population.would", { count: tried.excluded, of: number(tried.everyone), share: share(tried.everyone ? tried.excluded / tried.everyone : 0), day: tried.as_of })}
      </p>
      <p className="muted small">{title(tried.said)}</p>
      {tried.sample.length > 0 && (
        <p className="row small">
          <span className="muted">{t("settings.population.some")}</span>
          {tried.sample.slice(0, 6).map((one) => (
            <PathLink key={one} path={`/customers/${encodeURIComponent(one)}`}>
              {one}
            </PathLink>
          ))}
        </p>
      )}
    </div>
  );
}
