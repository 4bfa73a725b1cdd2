/** The play of a layer: aim, actions, channels, cadence. */
import type { PlayInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import styles from "./LayerCard.module.css";

export function PlayBox({ play }: { play: PlayInfo }) {
  const { t } = useWords();
  const { say, title } = useFormat();
  const channels = play.channels.map((channel) => t(`shell.channel.${channel}`, { defaultValue: channel }));
  return (
    <section className={styles.play} aria-label={t("layerings.play")}>
      <h3>
        {t("layerings.play")} · {title(play.aim)}
      </h3>
      <ul>
        {play.actions.map((action) => (
          <li key={say(action)}>{title(action)}</li>
        ))}
      </ul>
      <p className="muted small">{[channels.join(t("layerings.listComma")), say(play.cadence)].filter(Boolean).join(" · ")}</p>
    </section>
  );
}
