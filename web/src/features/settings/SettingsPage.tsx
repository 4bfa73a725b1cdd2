/** Settings of the workspace, and what this is. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { changeSettings } from "@/api/commands";
import { workspaceQuery } from "@/api/queries";
import type { Settings, WorkspaceInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { Waiting, Wrong } from "@/ui/states";
import { About } from "./About";
import { AuditPanel } from "./AuditPanel";
import { Line } from "./Line";
import { PopulationPanel } from "./PopulationPanel";
import styles from "./Settings.module.css";

const CURRENCIES = ["CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD", "KRW", "INR", "AUD", "CAD", "CHF", "THB", "VND", "IDR", "MYR", "BRL"];

export default function SettingsPage() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(workspaceQuery);
  return (
    <>
      <PageHead title={t("shell.room.settings")} dated={false} />
      <div className="stack">
        {error && <Wrong error={error} onRetry={() => void refetch()} />}
        <Panel title={t("settings.workspace")}>{data ? <Form key={data.data_version} workspace={data} /> : !error && <Waiting lines={6} />}</Panel>
        <PopulationPanel />
        <AuditPanel />
        {data && <About workspace={data} />}
      </div>
    </>
  );
}

function zones(present: string): { value: string; label: string }[] {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set([present, "UTC", ...known])].map((zone) => ({ value: zone, label: zone }));
}

function Form({ workspace }: { workspace: WorkspaceInfo }) {
  const { t, language } = useWords();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [draft, setDraft] = useState<Settings>({});
  const save = useMutation({
    mutationFn: () => changeSettings(draft),
    onSuccess: (next) => {
      cache.setQueryData(workspaceQuery.queryKey, next);
      void cache.invalidateQueries();
      setDraft({});
      message.success(t("settings.saved"));
    },
  });
  const now = { ...workspace, ...draft };
  const currencyName = new Intl.DisplayNames(language === "zh" ? "zh-CN" : "en", { type: "currency" });
  const change = (next: Settings) => setDraft((before) => ({ ...before, ...next }));
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Line label={t("settings.name")}>
        <Input value={now.name ?? ""} aria-label={t("settings.name")} onChange={(event) => change({ name: event.target.value })} />
      </Line>
      <Line label={t("settings.timezone")} help={t("settings.timezoneHelp")}>
        <Select showSearch virtual aria-label={t("settings.timezone")} value={now.timezone} options={zones(workspace.timezone)} onChange={(timezone: string) => change({ timezone })} />
      </Line>
      <Line label={t("settings.currency")} help={t("settings.currencyHelp")}>
        <Select
          showSearch
          aria-label={t("settings.currency")}
          value={now.currency}
          onChange={(currency: string) => change({ currency })}
          options={[...new Set([workspace.currency, ...CURRENCIES])].map((code) => ({ value: code, label: `${code} · ${currencyName.of(code) ?? code}` }))}
        />
      </Line>
      <Line label={t("settings.language")} help={t("settings.languageHelp")}>
        <Select
          aria-label={t("settings.language")}
          value={now.language}
          onChange={(chosen: string) => change({ language: chosen })}
          options={[
            { value: "zh", label: "中文" },
            { value: "en", label: "English" },
          ]}
        />
      </Line>
      <Line label={t("settings.keep")} help={t("settings.keepHelp")}>
        <InputNumber min={0} max={3650} precision={0} aria-label={t("settings.keep")} suffix={t("shell.unit.days")} value={now.keep_snapshots_days} onChange={(days) => days !== null && change({ keep_snapshots_days: days })} />
      </Line>
      {save.error && <Wrong error={save.error} compact />}
      <div className="row">
        <Button type="primary" htmlType="submit" disabled={Object.keys(draft).length === 0} loading={save.isPending}>
          {t("settings.save")}
        </Button>
        <Button disabled={Object.keys(draft).length === 0} onClick={() => setDraft({})}>
          {t("settings.reset")}
        </Button>
      </div>
    </form>
  );
}
