/** What the team wrote about a customer: the newest first, added, changed, taken away. */
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Popconfirm } from "antd";
import { useState, type KeyboardEvent } from "react";
import { addNote, changeNote, removeNote } from "@/api/commands";
import { customerNotesQuery } from "@/api/queries";
import type { WrittenNote } from "@/api/types";
import { useWords } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Can, usePermission } from "@/ui/permissions";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Portrait.module.css";

const LONGEST = 4000;

export function NotesPanel({ customerId }: { customerId: string }) {
  const { t } = useWords();
  const { number } = useFormat();
  const pages = useInfiniteQuery(customerNotesQuery(customerId));
  const notes = pages.data?.pages.flatMap((page) => page.notes) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  const cache = useQueryClient();
  const fresh = () => cache.invalidateQueries({ queryKey: ["notes"] });
  const [text, setText] = useState("");
  const add = useMutation({
    mutationFn: () => addNote(customerId, text),
    onSuccess: () => {
      setText("");
      return fresh();
    },
  });
  return (
    <Panel title={t("customers.notes.title")} note={total > 0 && number(total)} label={t("customers.notes.title")}>
      <div className="stack">
        <Can permission="customers.note">
          <Writing label={t("customers.notes.new")} text={text} onText={setText} save={t("customers.notes.add")} busy={add.isPending} onSave={() => add.mutate()} />
        </Can>
        {add.error && <Wrong error={add.error} compact />}
        {pages.error && <Wrong error={pages.error} onRetry={() => void pages.refetch()} compact />}
        {!pages.data && !pages.error && <Waiting lines={2} />}
        {pages.data && notes.length === 0 && <p className="muted small">{t("customers.notes.none")}</p>}
        {notes.length > 0 && (
          <ol className={styles.notes}>
            {notes.map((note) => (
              <Note key={note.id} note={note} onDone={fresh} />
            ))}
          </ol>
        )}
        {pages.hasNextPage && (
          <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t("customers.notes.more")}
          </Button>
        )}
      </div>
    </Panel>
  );
}

interface WritingProps {
  label: string;
  text: string;
  onText: (text: string) => void;
  save: string;
  busy: boolean;
  onSave: () => void;
  onCancel?: () => void;
}

function Writing({ label, text, onText, save, busy, onSave, onCancel }: WritingProps) {
  const { t } = useWords();
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && text.trim()) onSave();
    if (event.key === "Escape") onCancel?.();
  };
  return (
    <div className={styles.writing}>
      <Input.TextArea aria-label={label} placeholder={label} autoFocus={onCancel !== undefined} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={LONGEST} value={text} onChange={(event) => onText(event.target.value)} onKeyDown={press} />
      <div className="row">
        <Button size="small" type="primary" disabled={!text.trim()} loading={busy} onClick={onSave}>
          {save}
        </Button>
        {onCancel && (
          <Button size="small" onClick={onCancel}>
            {t("customers.notes.cancel")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Note({ note, onDone }: { note: WrittenNote; onDone: () => Promise<unknown> }) {
  const { t } = useWords();
  const { instant } = useFormat();
  const writes = usePermission("customers.note");
  const [draft, setDraft] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: (text: string) => changeNote(note.id, text),
    onSuccess: () => {
      setDraft(null);
      return onDone();
    },
  });
  const remove = useMutation({ mutationFn: () => removeNote(note.id), onSuccess: onDone });
  const error = change.error ?? remove.error;
  return (
    <li>
      {draft === null ? (
        <p className={styles.noteText}>{note.text}</p>
      ) : (
        <Writing label={t("customers.notes.change")} text={draft} onText={setDraft} save={t("customers.notes.save")} busy={change.isPending} onSave={() => change.mutate(draft)} onCancel={() => setDraft(null)} />
      )}
      <p className={`muted small ${styles.noteFoot}`}>
        <span>
          {note.by} · <time dateTime={note.at}>{instant(note.at)}</time>
          {note.changed_at && ` · ${t("customers.notes.changed", { at: instant(note.changed_at) })}`}
        </span>
        {draft === null && writes && (
          <span className="push">
            <Button size="small" type="text" onClick={() => setDraft(note.text)}>
              {t("customers.notes.change")}
            </Button>
            <Popconfirm title={t("customers.notes.removeAsk")} okText={t("customers.notes.remove")} cancelText={t("customers.notes.cancel")} onConfirm={() => remove.mutate()}>
              <Button size="small" type="text" loading={remove.isPending}>
                {t("customers.notes.remove")}
              </Button>
            </Popconfirm>
          </span>
        )}
      </p>
      {error && <Wrong error={error} compact />}
    </li>
  );
}
