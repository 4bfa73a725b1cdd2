/** A quiet white surface with a heading. */
import type { ReactNode } from "react";
import styles from "./Panel.module.css";

interface Props {
  title?: ReactNode;
  note?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  label?: string;
  className?: string;
}

export function Panel({ title, note, extra, children, label, className }: Props) {
  return (
    <section className={`${styles.panel} ${className ?? ""}`} aria-label={label}>
      {(title || extra) && (
        <header className={styles.head}>
          {title && <h2 className={styles.title}>{title}</h2>}
          {note && <span className={styles.note}>{note}</span>}
          {extra && <div className={styles.extra}>{extra}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
