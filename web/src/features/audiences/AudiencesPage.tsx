/** Saved audiences, what they have in common, and tags: a tab each. */
import { PlusOutlined } from "@ant-design/icons";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Tabs } from "antd";
import { lazy, Suspense } from "react";
import { useWords } from "@/i18n";
import { PageHead } from "@/ui/PageHead";
import { Can } from "@/ui/permissions";
import { Refused } from "@/ui/Refused";
import { Waiting } from "@/ui/states";
import { AudiencesTab } from "./AudiencesTab";

const OverlapTab = lazy(() => import("./OverlapTab"));
const TagsTab = lazy(() => import("./TagsTab"));

const TABS = ["audiences", "overlap", "tags"] as const;

export default function AudiencesPage() {
  const { t } = useWords();
  const { tab } = useSearch({ from: "/audiences" });
  const navigate = useNavigate({ from: "/audiences" });
  const open = TABS.find((one) => one === tab) ?? "audiences";
  const pages = { audiences: <AudiencesTab />, overlap: <OverlapTab />, tags: <TagsTab /> };
  return (
    <>
      <PageHead title={t("shell.room.audiences")} dated={open !== "tags"} extra={<Build />} />
      <Refused items={tab !== undefined && tab !== open ? [{ name: "tab", given: tab, instead: t(`audiences.tab.${open}`) }] : []} />
      <Tabs
        activeKey={open}
        destroyOnHidden
        onChange={(next) => void navigate({ search: (before) => ({ ...before, tab: next, tag: undefined }), replace: true, resetScroll: false })}
        items={TABS.map((one) => ({ key: one, label: t(`audiences.tab.${one}`), children: <Suspense fallback={<Waiting lines={8} />}>{pages[one]}</Suspense> }))}
      />
    </>
  );
}

function Build() {
  const { t } = useWords();
  return (
    <Can permission="audiences.write">
      <Link to="/audiences/new">
        <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
          {t("shell.page.newAudience")}
        </Button>
      </Link>
    </Can>
  );
}
