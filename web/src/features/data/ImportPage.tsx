/** One import at its own address. */
import { Link, useParams } from "@tanstack/react-router";
import { useWords } from "@/i18n";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { useGo } from "@/ui/PathLink";
import { RunPanel } from "./RunPanel";

export default function ImportPage() {
  const { t } = useWords();
  const go = useGo();
  const { importId } = useParams({ from: "/data/imports/$importId" });
  return (
    <>
      <PageHead title={t("data.import.one")} dated={false} note={<Link to="/data">{t("shell.room.data")}</Link>} />
      <Panel>
        <RunPanel id={importId} onAgain={() => go("/data")} onSee={go} />
      </Panel>
    </>
  );
}
