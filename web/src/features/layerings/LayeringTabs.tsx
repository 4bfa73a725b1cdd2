/** The tabs of one layering; which is open stands in the address. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "antd";
import { lazy, Suspense, type ReactNode } from "react";
import type { LayeringNow } from "@/api/types";
import { useWords } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Waiting } from "@/ui/states";
import styles from "./Layerings.module.css";
import { TraitsTab } from "./TraitsTab";

const FlowsTab = lazy(() => import("./FlowsTab"));
const HistoryTab = lazy(() => import("./HistoryTab"));
const PortraitTab = lazy(() => import("./PortraitTab"));
const SplitTab = lazy(() => import("./SplitTab"));
const CutsTab = lazy(() => import("./CutsTab"));
const MapTab = lazy(() => import("./MapTab"));
const DefinitionTab = lazy(() => import("./DefinitionTab"));

export function LayeringTabs({ now }: { now: LayeringNow }) {
  const { t } = useWords();
  const { tab } = useSearch({ from: "/layerings/$key" });
  const navigate = useNavigate({ from: "/layerings/$key" });
  const hasMap = now.summary.kind === "rfm";
  const hasCuts = now.cuts.length > 0;
  const tabs: [string, ReactNode][] = [
    ["flows", <FlowsTab key="flows" now={now} />],
    ["history", <HistoryTab key="history" now={now} />],
    ["portrait", <PortraitTab key="portrait" now={now} />],
    ["split", <SplitTab key="split" now={now} />],
    ["traits", <TraitsTab key="traits" now={now} />],
    ...(hasCuts ? ([["cuts", <CutsTab key={`cuts${now.summary.version}`} now={now} />]] as [string, ReactNode][]) : []),
    ...(hasMap ? ([["map", <MapTab key="map" now={now} />]] as [string, ReactNode][]) : []),
    ["definition", <DefinitionTab key={`definition${now.summary.version}`} now={now} />],
  ];
  const open = tabs.some(([key]) => key === tab) ? tab : "flows";
  const refused = tab !== undefined && tab !== open ? [{ name: "tab", given: tab, instead: t(`layerings.tab.${open ?? "flows"}`) }] : [];
  return (
    <Panel className={styles.tabs}>
      <Refused items={refused} />
      <Tabs
        activeKey={open}
        destroyOnHidden
        onChange={(key) =>
          void navigate({ search: (before) => ({ ...before, tab: key }), replace: true, resetScroll: false })
        }
        items={tabs.map(([key, page]) => ({
          key,
          label: t(`layerings.tab.${key}`),
          children: <Suspense fallback={<Waiting lines={8} />}>{page}</Suspense>,
        }))}
      />
    </Panel>
  );
}
