/** A file of ids, dropped or chosen; it is read here and never leaves as a file. */
import { InboxOutlined } from "@ant-design/icons";
import { useRef, useState, type DragEvent } from "react";
import { useWords } from "@/i18n";
import { idsOf, textOf, type Given } from "./ids";
import styles from "./Tags.module.css";

interface Props {
  onRead: (file: NonNullable<Given["file"]>) => void;
  /** How much of it is read; null when nothing is being read. */
  onShare: (share: number | null) => void;
}

const MOST = 1_000_000;

export function IdsFile({ onRead, onShare }: Props) {
  const { t } = useWords();
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
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
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <>
      <button
        type="button"
        className={styles.drop}
        data-over={over}
        onClick={() => picker.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <InboxOutlined aria-hidden /> {t("audiences.batch.drop")}
      </button>
      <input ref={picker} type="file" className="unseen" tabIndex={-1} accept=".csv,.tsv,.txt" aria-label={t("audiences.batch.drop")} onChange={(event) => void take(event.target.files?.[0])} />
      {wrong && (
        <p className="down small" role="alert">
          {wrong}
        </p>
      )}
    </>
  );
}
