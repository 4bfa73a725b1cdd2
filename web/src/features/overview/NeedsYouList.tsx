/** What waits for a person. */
import type { NeedsYou } from "@/api/types";
import { useWords } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import { useFormat } from "@/ui/useFormat";
import styles from "./Overview.module.css";

export function NeedsYouList({ waiting }: { waiting: NeedsYou[] }) {
  const { t } = useWords();
  const { say, title } = useFormat();
  return (
    <Panel title={t("overview.needsYou")} note={waiting.length > 0 && waiting.length}>
      {waiting.length === 0 && <p className="muted">{t("overview.nothingWaits")}</p>}
      <ul className={styles.waiting}>
        {waiting.map((one) => (
          <li key={one.kind + one.path + say(one.title)} className={styles.wait}>
            <span className={styles.tone} data-tone={one.tone} role="img" aria-label={t(`overview.tone.${one.tone}`, { defaultValue: one.tone })} />
            <div>
              <p>{say(one.title)}</p>
              <p className="muted small">{title(one.detail)}</p>
            </div>
            <PathLink path={one.path} className={styles.act} label={`${say(one.action)}: ${say(one.title)}`}>
              {say(one.action)}
            </PathLink>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
