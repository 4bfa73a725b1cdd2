/** Settings: the workspace, who may sign in, and who did what; a tab each, for who may see it. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "antd";
import { lazy, Suspense } from "react";
import { workspaceQuery } from "@/api/queries";
import { useWords } from "@/i18n";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { usePermission } from "@/ui/permissions";
import { Refused } from "@/ui/Refused";
import { Waiting, Wrong } from "@/ui/states";
import { About } from "./About";
import { AuditPanel } from "./AuditPanel";
import { DefinitionsPanel } from "./DefinitionsPanel";
import { ErasuresPanel } from "./ErasuresPanel";
import { PopulationPanel } from "./PopulationPanel";
import { WorkspaceForm } from "./WorkspaceForm";

const PeopleTab = lazy(() => import("./PeopleTab"));

export default function SettingsPage() {
  const { t } = useWords();
  const { tab } = useSearch({ from: "/settings" });
  const navigate = useNavigate({ from: "/settings" });
  const [manages, audits] = [usePermission("people.manage"), usePermission("audit.read")];
  const tabs = [
    { key: "workspace", label: t("settings.workspace"), children: <WorkspaceTab /> },
    ...(manages ? [{ key: "people", label: t("people.title"), children: <PeopleTab /> }] : []),
    ...(audits ? [{ key: "audit", label: t("settings.audit.title"), children: <AuditPanel /> }] : []),
  ];
  const open = tabs.find(({ key }) => key === tab) ?? tabs[0];
  return (
    <>
      <PageHead title={t("shell.room.settings")} dated={false} />
      <Refused items={tab !== undefined && open && tab !== open.key ? [{ name: "tab", given: tab, instead: open.label }] : []} />
      <Tabs
        activeKey={open?.key}
        destroyOnHidden
        onChange={(next) => void navigate({ search: (before) => ({ ...before, tab: next }), replace: true, resetScroll: false })}
        items={tabs.map((one) => ({ ...one, children: <Suspense fallback={<Waiting lines={8} />}>{one.children}</Suspense> }))}
      />
    </>
  );
}

function WorkspaceTab() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(workspaceQuery);
  const erases = usePermission("customers.erase");
  return (
    <div className="stack">
      {error && <Wrong error={error} onRetry={() => void refetch()} />}
      <Panel title={t("settings.workspace")}>{data ? <WorkspaceForm key={data.data_version} workspace={data} /> : !error && <Waiting lines={6} />}</Panel>
      <PopulationPanel />
      <DefinitionsPanel />
      {erases && <ErasuresPanel />}
      {data && <About workspace={data} />}
    </div>
  );
}
