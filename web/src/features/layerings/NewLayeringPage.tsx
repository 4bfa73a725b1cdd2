/** A layering of one's own: choose a kind, say its rules, see at once who would be where, save it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { useState } from "react";
import { createLayering } from "@/api/commands";
import { asProblem } from "@/api/problem";
import { cataloguedQuery, kindsQuery, layeringsQuery } from "@/api/queries";
import type { KindInfo, Parameters } from "@/api/types";
import { useWords } from "@/i18n";
import { keyFrom } from "@/ui/keyFrom";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { usePeriod } from "@/ui/period";
import { Can, usePermission } from "@/ui/permissions";
import { Refused } from "@/ui/Refused";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Builder.module.css";
import { same } from "./parameters";
import { PreviewPanel } from "./PreviewPanel";
import { SchemaForm } from "./SchemaForm";
import type { Schema } from "./schema";
import { usePreview } from "./usePreview";

/** The kinds that are made by hand, the most wanted first; the others come with Titian. */
const BUILT = ["rules", "quantiles", "matrix", "tiers", "split", "staged", "clusters", "cross", "inside"];

export default function NewLayeringPage() {
  const { t } = useWords();
  const { kind } = useSearch({ from: "/layerings/new" });
  const { data, error, refetch } = useQuery(kindsQuery);
  const offered = BUILT.flatMap((one) => data?.find((info) => info.kind === one) ?? []);
  const chosen = offered.find((one) => one.kind === kind) ?? offered[0];
  return (
    <>
      <PageHead title={t("layerings.build.title")} says={<span className="muted">{t("layerings.build.says")}</span>} />
      {error && <Wrong error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <Panel>
          <Waiting lines={10} />
        </Panel>
      )}
      {chosen && (
        <div className="stack">
          <Refused items={kind !== undefined && kind !== chosen.kind ? [{ name: "kind", given: kind, instead: chosen.kind }] : []} />
          <Kinds offered={offered} chosen={chosen.kind} />
          <Builder key={chosen.kind} info={chosen} />
        </div>
      )}
    </>
  );
}

function Kinds({ offered, chosen }: { offered: KindInfo[]; chosen: string }) {
  const { t } = useWords();
  const { say, title } = useFormat();
  const navigate = useNavigate({ from: "/layerings/new" });
  return (
    <div className={styles.kinds} role="group" aria-label={t("layerings.build.kind")}>
      {offered.map((one) => (
        <button
          key={one.kind}
          type="button"
          className={styles.kind}
          aria-pressed={one.kind === chosen}
          onClick={() => void navigate({ search: (before) => ({ ...before, kind: one.kind }), replace: true, resetScroll: false })}
        >
          <b>{say(one.name)}</b>
          <span className="muted small">{title(one.meaning)}</span>
        </button>
      ))}
    </div>
  );
}

function Builder({ info }: { info: KindInfo }) {
  const { t, language } = useWords();
  const { asked } = usePeriod();
  const builds = usePermission("layerings.write");
  const navigate = useNavigate();
  const cache = useQueryClient();
  const traits = useQuery(cataloguedQuery);
  const listed = useQuery(layeringsQuery(asked.as_of));
  const [parameters, setParameters] = useState<Parameters>(info.parameters);
  const [name, setName] = useState("");
  const [other, setOther] = useState("");
  const [ownKey, setOwnKey] = useState<string>();
  const key = ownKey ?? keyFrom(language === "en" ? name : other, info.kind, listed.data?.map((one) => one.key) ?? []);
  const tried = usePreview(info.kind, parameters, asked.as_of);
  const both = { zh: language === "zh" ? name : other || name, en: language === "en" ? name : other || name };
  const save = useMutation({
    mutationFn: () => createLayering({ key, name: both, kind: info.kind, parameters }),
    onSuccess: (made) => {
      void cache.invalidateQueries({ queryKey: ["layerings"] });
      void navigate({ to: "/layerings/$key", params: { key: made.key } });
    },
  });
  const changed = name !== "" || other !== "" || ownKey !== undefined || !same(parameters, info.parameters);
  const wrongField = save.error ? asProblem(save.error).details.field : undefined;
  return (
    <div className={styles.two}>
      <Panel label={t("layerings.build.form")}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <div className={styles.names}>
            <label>
              <span className="muted">{t("layerings.build.name")}</span>
              <Input value={name} maxLength={60} placeholder={t("layerings.build.nameLike")} onChange={(event) => setName(event.target.value)} />
            </label>
            <label>
              <span className="muted">{t("layerings.build.other")}</span>
              <Input value={other} maxLength={60} placeholder={name} onChange={(event) => setOther(event.target.value)} />
            </label>
            <label>
              <span className="muted">{t("layerings.build.key")}</span>
              <Input value={key} maxLength={60} status={wrongField === "key" ? "error" : undefined} onChange={(event) => setOwnKey(event.target.value)} />
            </label>
          </div>
          {traits.data ? (
            <SchemaForm schema={info.parameters_schema as Schema} value={parameters} onChange={setParameters} traits={traits.data} />
          ) : (
            <Waiting lines={6} />
          )}
          {save.error && <Wrong error={save.error} compact />}
          <div className="row">
            <Can permission="layerings.write" otherwise="disabled">
              <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!builds || !name.trim() || tried.error !== null}>
                {t("layerings.build.save")}
              </Button>
            </Can>
            {!name.trim() && <span className="muted small">{t("layerings.build.needsName")}</span>}
          </div>
        </form>
      </Panel>
      <PreviewPanel tried={tried} />
      <LeaveGuard when={changed && !save.isPending && !save.isSuccess} lost note={t("layerings.build.leaving")} />
    </div>
  );
}
