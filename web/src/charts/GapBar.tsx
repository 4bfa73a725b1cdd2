/** A small bar with a tick: a value against everybody's median, or how far something is. */
import styles from "./GapBar.module.css";

interface Props {
  share: number;
  tick?: number | null;
  tone?: "accent" | "down" | "plain";
  fill?: string;
}

const within = (share: number) => `${Math.min(100, Math.max(0, share * 100)).toFixed(1)}%`;

export function GapBar({ share, tick, tone = "accent", fill }: Props) {
  return (
    <span className={styles.track} aria-hidden>
      <span className={styles.bar} data-tone={tone} style={{ width: within(share), background: fill }} />
      {tick !== null && tick !== undefined && <span className={styles.tick} style={{ left: within(tick) }} />}
    </span>
  );
}
