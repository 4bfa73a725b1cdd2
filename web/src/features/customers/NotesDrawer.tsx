/** All notes of the team, searched; each leads to the customer it is about. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Drawer, Input } from "antd";
import { useState } from "react";
import { notesQuery } from "@/api/queries";
import { useWords } from "@/i18n";
import { PathLink } from "@/ui/PathLink";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { useSettled } from "@/ui/useSettled";
import styles from "./Portrait.module.css";

const PAUSE = 250;

export function NotesDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { number, instant } = useFormat();
  const [text, setText] = useState("");
  const pages = useInfiniteQuery(notesQuery(useSettled(text.trim(), PAUSE)));
  const notes = pages.data?.pages.flatMap((page) => page.notes) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  return (
    <Drawer open size={Math.min(520, window.innerWidth)} title={t("customers.notes.all")} onClose={onClose}>
      <div className="stack">
        <Input.Search autoFocus allowClear maxLength={200} aria-label={t("customers.notes.find")} placeholder={t("customers.notes.find")} value={text} onChange={(event) => setText(event.target.value)} />
        {pages.error && <Wrong error={pages.error} onRetry={() => void pages.refetch()} compact />}
        {!pages.data && !pages.error && <Waiting lines={4} />}
        {pages.data && (
          <p className="muted small" role="status">
            {total ? t("customers.notes.found", { count: total, n: number(total) }) : t(text.trim() ? "customers.notes.notFound" : "customers.notes.noneYet")}
          </p>
        )}
        <ol className={styles.notes}>
          {notes.map((note) => (
            <li key={note.id}>
              <p className={styles.noteText}>{note.text}</p>
              <p className={`muted small ${styles.noteFoot}`}>
                <PathLink path={`/customers/${encodeURIComponent(note.customer_id)}`}>{note.customer_id}</PathLink>
                <span>
                  {note.by} · {instant(note.at)}
                </span>
              </p>
            </li>
          ))}
        </ol>
        {pages.hasNextPage && (
          <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t("customers.notes.more")}
          </Button>
        )}
      </div>
    </Drawer>
  );
}
