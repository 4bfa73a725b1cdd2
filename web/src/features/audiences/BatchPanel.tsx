/** A tag given to many customers at once, or taken from them: pasted ids or a file, the report, and the way back. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Progress, Segmented } from "antd";
import { useState } from "react";
import { giveTag, takeTag, undoTagBatch, type NamedCustomers } from "@/api/commands";
import type { TaggedReport, TagInfo, UntaggedReport } from "@/api/types";
import { useWords } from "@/i18n";
import { Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { BatchReport } from "./BatchReport";
import { IdsFile } from "./IdsFile";
import { LabelledField } from "./LabelledField";
import styles from "./Tags.module.css";

type Deed = "give" | "take";

export interface Listed {
  name: string;
  ids: string[];
}

export function BatchPanel({ tag }: { tag: TagInfo }) {
  const { t } = useWords();
  const { number } = useFormat();
  const cache = useQueryClient();
  const [deed, setDeed] = useState<Deed>("give");
  const [text, setText] = useState("");
  const [why, setWhy] = useState("");
  const [file, setFile] = useState<Listed | null>(null);
  const [reading, setReading] = useState<number | null>(null);
  const fresh = () => {
    for (const name of ["tags", "selection", "audiences", "audience"]) void cache.invalidateQueries({ queryKey: [name] });
  };
  const undo = useMutation({ mutationFn: undoTagBatch, onSuccess: fresh });
  const send = useMutation<TaggedReport | UntaggedReport, Error, NamedCustomers>({
    mutationFn: (customers) => (deed === "give" ? giveTag(tag.key, customers) : takeTag(tag.key, customers)),
    onMutate: undo.reset,
    onSuccess: () => {
      setText("");
      setFile(null);
      fresh();
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate(file ? { ids: file.ids, why } : { text, why });
      }}
    >
      <Segmented<Deed>
        aria-label={t("audiences.batch.title")}
        className={styles.deed}
        value={deed}
        options={(["give", "take"] as const).map((one) => ({ value: one, label: t(`audiences.batch.${one}`) }))}
        onChange={setDeed}
      />
      {file ? (
        <p className="row">
          <b>{t("audiences.batch.file", { name: file.name, n: number(file.ids.length), count: file.ids.length })}</b>
          <Button size="small" type="text" onClick={() => setFile(null)}>
            {t("audiences.batch.without")}
          </Button>
        </p>
      ) : (
        <>
          <LabelledField label={t("audiences.batch.paste")}>
            <Input.TextArea autoSize={{ minRows: 4, maxRows: 10 }} value={text} spellCheck={false} onChange={(event) => setText(event.target.value)} />
          </LabelledField>
          <IdsFile onRead={setFile} onShare={setReading} />
          {reading !== null && <Progress percent={Math.round(reading * 100)} size="small" aria-label={t("audiences.batch.reading")} />}
        </>
      )}
      {deed === "give" && (
        <LabelledField label={t("audiences.batch.why")}>
          <Input value={why} maxLength={200} onChange={(event) => setWhy(event.target.value)} />
        </LabelledField>
      )}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={send.isPending} disabled={!file && !text.trim()}>
          {t(`audiences.batch.do.${deed}`)}
        </Button>
        {send.isPending && <span className="muted small" role="status">{t("audiences.batch.sending")}</span>}
      </div>
      {send.error && <Wrong error={send.error} compact />}
      {send.data && !send.isPending && <BatchReport report={send.data} undo={undo} />}
    </form>
  );
}
