/** Audiences and tags, a tab each. */
import { PlusOutlined } from "@ant-design/icons";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Tabs } from "antd";
import { useWords } from "@/i18n";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Nothing } from "@/ui/states";
import TagsTab from "./TagsTab";

const TABS = ["audiences", "tags"] as const;

export default function AudiencesPage() {
  const { t } = useWords();
  const { tab } = useSearch({ from: "/audiences" });
  const navigate = useNavigate({ from: "/audiences" });
  const open = TABS.find((one) => one === tab) ?? "audiences";
  const pages = { audiences: <NoAudiences />, tags: <TagsTab /> };
  return (
    <>
      <PageHead title={t("shell.room.audiences")} dated={false} extra={<Build />} />
      <Refused items={tab !== undefined && tab !== open ? [{ name: "tab", given: tab, instead: t(`audiences.tab.${open}`) }] : []} />
      <Tabs
        activeKey={open}
        destroyOnHidden
        onChange={(next) => void navigate({ search: (before) => ({ ...before, tab: next, tag: undefined }), replace: true, resetScroll: false })}
        items={TABS.map((one) => ({ key: one, label: t(`audiences.tab.${one}`), children: pages[one] }))}
      />
    </>
  );
}

function Build() {
  const { t } = useWords();
  return (
    <Link to="/audiences/new">
      <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
        {t("shell.page.newAudience")}
      </Button>
    </Link>
  );
}

function NoAudiences() {
  const { t } = useWords();
  return (
    <Panel>
      <Nothing title={t("audiences.none.title")} action={<Link to="/audiences/new">{t("audiences.none.action")}</Link>}>
        {t("audiences.none.what")}
      </Nothing>
    </Panel>
  );
}
