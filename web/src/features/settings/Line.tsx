/** One setting: its name, its field, what it does. */
import type { ReactNode } from "react";
import styles from "./Settings.module.css";

export function Line({ label, help, children }: { label: string; help?: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <span className={styles.label}>{label}</span>
      <div className={styles.field}>
        {children}
        {help && <p className="muted small">{help}</p>}
      </div>
    </div>
  );
}
