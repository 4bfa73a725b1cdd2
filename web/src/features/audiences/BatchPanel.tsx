/** A tag given to many customers at once, or taken from them: pasted ids or a file, the report, and the way back. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Segmented } from "antd";
import { useState } from "react";
import { giveTag, takeTag, undoTagBatch, type NamedCustomers } from "@/api/commands";
import type { TaggedReport, TagInfo, UntaggedReport } from "@/api/types";
import { useWords } from "@/i18n";
import { Wrong } from "@/ui/states";
import { BatchReport } from "./BatchReport";
import { asNamed, isGiven, NOBODY } from "@/ui/ids";
import { IdsInput } from "./IdsInput";
import { LabelledField } from "@/ui/LabelledField";
import styles from "./Tags.module.css";

type Deed = "give" | "take";

export function BatchPanel({ tag }: { tag: TagInfo }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const [deed, setDeed] = useState<Deed>("give");
  const [given, setGiven] = useState(NOBODY);
  const [why, setWhy] = useState("");
  const fresh = () => {
    for (const name of ["tags", "selection", "audiences", "audience"]) void cache.invalidateQueries({ queryKey: [name] });
  };
  const undo = useMutation({ mutationFn: undoTagBatch, onSuccess: fresh });
  const send = useMutation<TaggedReport | UntaggedReport, Error, NamedCustomers>({
    mutationFn: (customers) => (deed === "give" ? giveTag(tag.key, customers) : takeTag(tag.key, customers)),
    onMutate: undo.reset,
    onSuccess: () => {
      setGiven(NOBODY);
      fresh();
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ ...asNamed(given), why });
      }}
    >
      <Segmented<Deed>
        aria-label={t("audiences.batch.title")}
        className={styles.deed}
        value={deed}
        options={(["give", "take"] as const).map((one) => ({ value: one, label: t(`audiences.batch.${one}`) }))}
        onChange={setDeed}
      />
      <IdsInput value={given} onChange={setGiven} />
      {deed === "give" && (
        <LabelledField label={t("audiences.batch.why")}>
          <Input value={why} maxLength={200} onChange={(event) => setWhy(event.target.value)} />
        </LabelledField>
      )}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={send.isPending} disabled={!isGiven(given)}>
          {t(`audiences.batch.do.${deed}`)}
        </Button>
        {send.isPending && <span className="muted small" role="status">{t("audiences.batch.sending")}</span>}
      </div>
      {send.error && <Wrong error={send.error} compact />}
      {send.data && !send.isPending && <BatchReport report={send.data} undo={undo} />}
    </form>
  );
}
