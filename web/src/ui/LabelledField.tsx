/** A field under its label. */
import type { ReactNode } from "react";
import styles from "./LabelledField.module.css";

export function LabelledField({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className={styles.field}>
      <span className="muted small">{label}</span>
      {children}
    </label>
  );
}
