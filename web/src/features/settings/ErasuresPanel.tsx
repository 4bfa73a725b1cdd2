/** Customers erased: when, by whom, how many, and what went; not who they were. */
import { useQuery } from "@tanstack/react-query";
import { erasuresQuery } from "@/api/privacy";
import type { Erasure } from "@/api/types";
import { useWords } from "@/i18n";
import { Actor } from "@/ui/Actor";
import { Panel } from "@/ui/Panel";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Settings.module.css";

export function ErasuresPanel() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(erasuresQuery);
  return (
    <Panel title={t("settings.erasures.title")}>
      <p className="muted small">{t("settings.erasures.what")}</p>
      {error && <Wrong error={error} onRetry={() => void refetch()} compact />}
      {!data && !error && <Waiting lines={2} />}
      {data?.erasures.length === 0 && <p>{t("settings.erasures.none")}</p>}
      {data && data.erasures.length > 0 && <Rows erasures={data.erasures} busy={data.under_way !== null} />}
    </Panel>
  );
}

function Rows({ erasures, busy }: { erasures: Erasure[]; busy: boolean }) {
  const { t } = useWords();
  const { number, instant } = useFormat();
  return (
    <div className={`scroll-x ${styles.lines}`} tabIndex={0} role="region" aria-label={t("settings.erasures.title")}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t("settings.erasures.at")}</th>
            <th scope="col">{t("settings.erasures.by")}</th>
            <th scope="col" className="right">{t("settings.erasures.customers")}</th>
            <th scope="col" className="right">{t("settings.erasures.rows")}</th>
            <th scope="col" className="right">{t("settings.erasures.tags")}</th>
            <th scope="col" className="right">{t("settings.erasures.notes")}</th>
            <th scope="col" className="right">{t("settings.erasures.lists")}</th>
            <th scope="col">{t("settings.erasures.record")}</th>
          </tr>
        </thead>
        <tbody>
          {erasures.map((one) => (
            <tr key={one.record}>
              <td className="num">
                {instant(one.erased_at ?? one.began_at)}
                {one.erased_at === null && <p className="warn small">{t(busy ? "settings.erasures.underWay" : "settings.erasures.broken")}</p>}
              </td>
              <td className={styles.short}>
                <Actor actor={one.by} />
              </td>
              <td className="right">{number(one.customers)}</td>
              {([one.rows, one.tags, one.notes, one.lists] as const).map((count, at) => (
                <td key={at} className="right">
                  {one.erased_at === null ? "–" : number(count)}
                </td>
              ))}
              <td className="muted">{one.record}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
