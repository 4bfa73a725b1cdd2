/** What the doctor says. */
import { CheckCircleOutlined, WarningOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { healthQuery } from "@/api/queries";
import { useWords } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Data.module.css";

export function HealthPanel() {
  const { t } = useWords();
  const { say } = useFormat();
  const { data, error, refetch } = useQuery(healthQuery);
  return (
    <Panel title={t("data.health.title")}>
      {error && <Wrong error={error} onRetry={() => void refetch()} compact />}
      {!data && !error && <Waiting lines={3} />}
      <ul className={styles.checks}>
        {data?.map((check) => (
          <li key={check.name}>
            {check.ok ? <CheckCircleOutlined className="up" aria-label={t("data.health.ok")} /> : <WarningOutlined className="warn" aria-label={t("data.health.notOk")} />}
            <span className="muted">{t(`data.health.name.${check.name}`, { defaultValue: check.name })}</span>
            <span>
              {say(check.found)}
              {check.mend && <span className="muted"> — {say(check.mend)}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
