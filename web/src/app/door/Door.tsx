/** What stands before the console: the terraces, a heading and one thing to do; language and theme above. */
import { useEffect, type ReactNode } from "react";
import { useWords } from "@/i18n";
import { Emblem } from "@/ui/states";
import { Toggles } from "@/app/Toggles";
import styles from "./Door.module.css";

interface Props {
  title: string;
  says?: ReactNode;
  children: ReactNode;
}

export function Door({ title, says, children }: Props) {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${title} · ${t("shell.product")}`;
  }, [title, t]);
  return (
    <div className={styles.door}>
      <header className={styles.top}>
        <span className={styles.brand}>
          {t("shell.brand")} <small>{t("shell.brandOther")}</small>
        </span>
        <span className="push row">
          <Toggles />
        </span>
      </header>
      <main className={styles.middle}>
        <div className={styles.card}>
          <Emblem />
          <h1 className={styles.title}>{title}</h1>
          {says && <p className={styles.says}>{says}</p>}
          {children}
        </div>
      </main>
    </div>
  );
}
