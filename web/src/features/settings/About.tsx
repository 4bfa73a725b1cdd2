/** Which Titian this is, and where the programs' door is. */
import type { WorkspaceInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { Panel } from "@/ui/Panel";
import styles from "./Settings.module.css";

export function About({ workspace }: { workspace: WorkspaceInfo }) {
  const { t } = useWords();
  const facts: [string, React.ReactNode][] = [
    [t("settings.about.version"), `Titian ${workspace.titian_version}`],
    [t("settings.about.data"), workspace.data_version],
    [t("settings.about.licence"), "Apache-2.0"],
    [t("settings.about.api"), <a key="api" href="/api/docs">/api/docs</a>],
  ];
  return (
    <Panel title={t("settings.about.title")}>
      <dl className={styles.about}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="muted">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
