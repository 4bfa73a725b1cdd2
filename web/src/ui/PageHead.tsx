/** The top of every page: what it is, and the search and the dates that all pages share. */
import { SearchOutlined } from "@ant-design/icons";
import { useEffect, type ReactNode } from "react";
import { useWords } from "@/i18n";
import { openSearch } from "./signals";
import styles from "./PageHead.module.css";
import { PeriodBar } from "./PeriodBar";

interface Props {
  title: string;
  note?: ReactNode;
  /** The sentence under the title: what the page says today. */
  says?: ReactNode;
  extra?: ReactNode;
  dated?: boolean;
}

export function PageHead({ title, note, says, extra, dated = true }: Props) {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${title} · ${t("shell.product")}`;
  }, [title, t]);
  return (
    <header className={styles.head}>
      <div className={styles.row}>
        <h1 className={styles.title}>{title}</h1>
        {note && <div className={styles.note}>{note}</div>}
        <div className={styles.tools}>
          <button type="button" className={styles.search} onClick={openSearch}>
            <SearchOutlined aria-hidden /> <kbd>{navigator.platform.startsWith("Mac") ? "⌘K" : "Ctrl K"}</kbd>
            <span className="unseen">{t("shell.search.open")}</span>
          </button>
          {dated && <PeriodBar />}
          {extra}
        </div>
      </div>
      {says && <div className={styles.says}>{says}</div>}
    </header>
  );
}
