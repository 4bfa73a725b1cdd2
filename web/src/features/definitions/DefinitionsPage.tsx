/** Everything that the team defined: what is in force, what was removed, and what the files would change. */
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "antd";
import { useWords } from "@/i18n";
import { PageHead } from "@/ui/PageHead";
import { Refused } from "@/ui/Refused";
import { ListTab } from "./ListTab";
import { PlanTab } from "./PlanTab";
import { RemovedTab } from "./RemovedTab";

const TABS = ["list", "removed", "files"] as const;

export default function DefinitionsPage() {
  const { t } = useWords();
  const { tab } = useSearch({ from: "/settings/definitions" });
  const navigate = useNavigate({ from: "/settings/definitions" });
  const open = TABS.find((one) => one === tab) ?? "list";
  const pages = { list: <ListTab />, removed: <RemovedTab />, files: <PlanTab /> };
  return (
    <>
      <PageHead title={t("definitions.title")} dated={false} note={<Link to="/settings">{t("shell.room.settings")}</Link>} says={<span className="muted">{t("definitions.says")}</span>} />
      <Refused items={tab !== undefined && tab !== open ? [{ name: "tab", given: tab, instead: t(`definitions.tab.${open}`) }] : []} />
      <Tabs
        activeKey={open}
        destroyOnHidden
        onChange={(next) => void navigate({ search: (before) => ({ ...before, tab: next }), replace: true, resetScroll: false })}
        items={TABS.map((one) => ({ key: one, label: t(`definitions.tab.${one}`), children: pages[one] }))}
      />
    </>
  );
}
