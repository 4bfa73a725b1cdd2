/** Filling in one of the four things: a usual answer, a few words, or both; saved with a way back. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Tag } from "antd";
import { useState } from "react";
import { sayOf, undoSaying } from "@/api/knowing";
import type { SayingAsked, ThingKnown } from "@/api/types";
import { useWords } from "@/i18n";
import { Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { useUndo } from "@/ui/useUndo";
import styles from "./Knowing.module.css";

const LONGEST = 500;

interface Props {
  customerId: string;
  thing: ThingKnown;
  onDone: () => void;
}

export function SayingForm({ customerId, thing, onDone }: Props) {
  const { t } = useWords();
  const { say, title } = useFormat();
  const { told } = useUndo();
  const cache = useQueryClient();
  const [choice, setChoice] = useState(thing.said?.choice?.key ?? null);
  const [text, setText] = useState(thing.said?.text ?? "");
  const fresh = () => cache.invalidateQueries({ queryKey: ["knowing"] });
  const save = useMutation({
    mutationFn: (body: SayingAsked) => sayOf(customerId, thing.key, body),
    onSuccess: async ({ entry }) => {
      await fresh();
      onDone();
      if (entry !== null) told(t("customers.knowing.saved", { name: say(thing.name) }), () => undoSaying(entry).then(fresh));
    },
  });
  // What was cleared holds, too, but says nothing: its id is the newest that has not ended.
  const seen = thing.history.find((one) => one.ended_at === null)?.id ?? "";
  const empty = !choice && !text.trim();
  return (
    <form
      className={styles.form}
      aria-label={title(thing.question)}
      onSubmit={(event) => {
        event.preventDefault();
        if (!empty) save.mutate({ choice, text, seen });
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onDone();
      }}
    >
      <p className="muted small">{title(thing.question)}</p>
      <div className={styles.choices} role="group" aria-label={t("customers.knowing.choose")}>
        {thing.choices.map((one) => (
          <Tag.CheckableTag key={one.key} checked={choice === one.key} onChange={(on) => setChoice(on ? one.key : null)}>
            {title(one.name)}
          </Tag.CheckableTag>
        ))}
      </div>
      <Input autoFocus maxLength={LONGEST} aria-label={t("customers.knowing.write")} placeholder={t("customers.knowing.write")} value={text} onChange={(event) => setText(event.target.value)} />
      <div className="row">
        <Button size="small" type="primary" htmlType="submit" loading={save.isPending} disabled={empty}>
          {t("customers.knowing.save")}
        </Button>
        <Button size="small" onClick={onDone}>
          {t("customers.knowing.cancel")}
        </Button>
        {thing.said && (
          <Button size="small" type="text" danger disabled={save.isPending} onClick={() => save.mutate({ choice: null, text: "", seen })}>
            {t("customers.knowing.clear")}
          </Button>
        )}
      </div>
      {save.error && <Wrong error={save.error} compact />}
    </form>
  );
}
