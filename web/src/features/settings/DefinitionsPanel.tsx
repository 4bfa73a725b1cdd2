/** The way to everything that was defined, its versions and its files. */
import { useWords } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import styles from "./Settings.module.css";

export function DefinitionsPanel() {
  const { t } = useWords();
  return (
    <Panel title={t("settings.definitions.title")}>
      <p className="muted">{t("settings.definitions.what")}</p>
      <p className={`row ${styles.links}`}>
        <PathLink path="/settings/definitions">{t("settings.definitions.list")}</PathLink>
        <PathLink path="/settings/definitions?tab=files">{t("settings.definitions.files")}</PathLink>
        <PathLink path="/settings/definitions?tab=removed">{t("settings.definitions.removed")}</PathLink>
      </p>
    </Panel>
  );
}
