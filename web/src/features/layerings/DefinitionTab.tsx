/** The definition: parameters as a form, YAML, SQL, and its versions. */
import { useQuery } from "@tanstack/react-query";
import { App, Button, Select, Tabs } from "antd";
import { useState } from "react";
import { cataloguedQuery, definitionQuery } from "@/api/queries";
import type { LayeringNow, Parameters } from "@/api/types";
import { useWords } from "@/i18n";
import { PathLink } from "@/ui/PathLink";
import { Can } from "@/ui/permissions";
import { copyText } from "@/ui/copyText";
import { Waiting, Wrong } from "@/ui/states";
import styles from "./DefinitionTab.module.css";
import { same } from "./parameters";
import { RemoveButton } from "./RemoveButton";
import { SaveBar } from "./SaveBar";
import { SchemaForm } from "./SchemaForm";
import type { Schema } from "./schema";
import { useImpact } from "./useImpact";

export default function DefinitionTab({ now }: { now: LayeringNow }) {
  const { t } = useWords();
  return (
    <Tabs
      tabPlacement={window.innerWidth > 900 ? "start" : "top"}
      items={[
        { key: "form", label: t("layerings.definition.form"), children: <Form now={now} /> },
        { key: "code", label: t("layerings.definition.code"), children: <Code now={now} /> },
      ]}
    />
  );
}

function Form({ now }: { now: LayeringNow }) {
  const { t } = useWords();
  const [draft, setDraft] = useState<Parameters>(now.parameters);
  const changed = same(draft, now.parameters) ? null : draft;
  const catalogue = useQuery(cataloguedQuery);
  const tried = useImpact(now.summary.key, changed, now.period.as_of);
  return (
    <div className="stack">
      <SchemaForm schema={now.parameters_schema as Schema} value={draft} onChange={setDraft} traits={catalogue.data ?? now.summary.needs} />
      <SaveBar now={now} changed={changed} tried={tried} onReset={() => setDraft(now.parameters)} lost leaving={t("layerings.definition.leaving")} />
      <div className="row">
        {now.summary.own && (
          <Can permission="layerings.write">
            <RemoveButton one={now.summary} />
          </Can>
        )}
        <PathLink path={`/settings/definitions/layerings/${now.summary.key}`}>{t("layerings.definition.all")}</PathLink>
      </div>
    </div>
  );
}

function Code({ now }: { now: LayeringNow }) {
  const { t } = useWords();
  const [version, setVersion] = useState<number>();
  const { data, error, refetch } = useQuery(definitionQuery(now.summary.key, version));
  if (error) return <Wrong error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting lines={10} />;
  return (
    <div className="stack">
      <label className="row">
        {t("layerings.definition.version")}
        <Select
          value={data.version}
          onChange={setVersion}
          style={{ width: 180 }}
          aria-label={t("layerings.definition.version")}
          options={[...data.versions].reverse().map((one) => ({
            value: one,
            label: t(one === now.summary.version ? "layerings.definition.current" : "layerings.version", { version: one }),
          }))}
        />
      </label>
      <div className={styles.codes}>
        <Text title="YAML" text={data.yaml} />
        <Text title="SQL" text={data.sql} />
      </div>
    </div>
  );
}

function Text({ title, text }: { title: string; text: string }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const copy = () => void copyText(text).then(() => message.success(t("charts.copied")));
  return (
    <section className={styles.code} aria-label={title}>
      <header className="row">
        <h3>{title}</h3>
        <Button size="small" type="text" className="push" onClick={copy}>
          {t("layerings.definition.copy")}
        </Button>
      </header>
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}
