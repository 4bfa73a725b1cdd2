/** Step one: a file, dropped, chosen or sent with the keyboard. */
import { InboxOutlined } from "@ant-design/icons";
import { Button, Progress } from "antd";
import { useState } from "react";
import { uploadFile } from "@/api/commands";
import type { Guess } from "@/api/types";
import { useWords } from "@/i18n";
import { DropTarget } from "@/ui/DropTarget";
import { Wrong } from "@/ui/states";
import styles from "./Data.module.css";

interface Sending {
  name: string;
  share: number;
  stop: AbortController;
}

const ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xls,.parquet,.jsonl,.ndjson,.gz,.zip";

export function DropFile({ onGuess }: { onGuess: (guess: Guess) => void }) {
  const { t } = useWords();
  const [sending, setSending] = useState<Sending | null>(null);
  const [error, setError] = useState<unknown>(null);

  const send = async (file: File) => {
    const stop = new AbortController();
    setError(null);
    setSending({ name: file.name, share: 0, stop });
    try {
      onGuess(await uploadFile(file, (share) => setSending({ name: file.name, share, stop }), stop.signal));
    } catch (thrown) {
      if (!stop.signal.aborted) setError(thrown);
    } finally {
      setSending(null);
    }
  };
  if (sending) {
    return (
      <div className={styles.sending} aria-live="polite">
        <p>{t(sending.share < 1 ? "data.drop.sending" : "data.drop.reading", { name: sending.name })}</p>
        <Progress percent={Math.round(sending.share * 100)} showInfo={sending.share < 1} status="active" aria-label={sending.name} />
        <Button onClick={() => sending.stop.abort()}>{t("data.cancel")}</Button>
      </div>
    );
  }
  return (
    <div className="stack">
      <DropTarget className={styles.drop} label={t("data.drop.title")} accept={ACCEPTED} onFile={(file) => void send(file)}>
        <InboxOutlined className={styles.inbox} aria-hidden />
        <span className={styles.dropTitle}>{t("data.drop.title")}</span>
        <span className="muted">{t("data.drop.formats")}</span>
        <span className="muted small">{t("data.drop.needs")}</span>
      </DropTarget>
      {error !== null && <Wrong error={error} />}
    </div>
  );
}
