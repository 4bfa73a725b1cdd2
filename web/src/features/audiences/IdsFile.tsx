/** A file of ids, dropped or chosen; it is read here and never leaves as a file. */
import { InboxOutlined } from "@ant-design/icons";
import { useState } from "react";
import { useWords } from "@/i18n";
import { DropTarget } from "@/ui/DropTarget";
import { idsOf, textOf, type Given } from "@/ui/ids";
import styles from "./Tags.module.css";

interface Props {
  onRead: (file: NonNullable<Given["file"]>) => void;
  /** How much of it is read; null when nothing is being read. */
  onShare: (share: number | null) => void;
}

const MOST = 1_000_000;

export function IdsFile({ onRead, onShare }: Props) {
  const { t } = useWords();
  const [wrong, setWrong] = useState<string | null>(null);
  const take = async (file: File) => {
    setWrong(null);
    try {
      const ids = idsOf(await textOf(file, onShare));
      if (!ids.some(Boolean)) setWrong(t("audiences.batch.noIds", { name: file.name }));
      else if (ids.length > MOST) setWrong(t("audiences.batch.tooMany", { name: file.name }));
      else onRead({ name: file.name, ids });
    } catch {
      setWrong(t("audiences.batch.unreadable", { name: file.name }));
    } finally {
      onShare(null);
    }
  };
  return (
    <>
      <DropTarget className={styles.drop} label={t("audiences.batch.drop")} accept=".csv,.tsv,.txt" onFile={(file) => void take(file)}>
        <InboxOutlined aria-hidden /> {t("audiences.batch.drop")}
      </DropTarget>
      {wrong && (
        <p className="down small" role="alert">
          {wrong}
        </p>
      )}
    </>
  );
}
