/** Customers as somebody has them: pasted ids, or a file of them. */
import { Button, Input, Progress } from "antd";
import { useState } from "react";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import { IdsFile } from "./IdsFile";
import type { Given } from "@/ui/ids";
import { LabelledField } from "@/ui/LabelledField";

export function IdsInput({ value, onChange }: { value: Given; onChange: (given: Given) => void }) {
  const { t } = useWords();
  const { number } = useFormat();
  const [share, setShare] = useState<number | null>(null);
  const { file, text } = value;
  if (file)
    return (
      <p className="row">
        <b>{t("audiences.batch.file", { name: file.name, n: number(file.ids.length), count: file.ids.length })}</b>
        <Button size="small" type="text" onClick={() => onChange({ text, file: null })}>
          {t("audiences.batch.without")}
        </Button>
      </p>
    );
  return (
    <>
      <LabelledField label={t("audiences.batch.paste")}>
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 10 }} value={text} spellCheck={false} onChange={(event) => onChange({ text: event.target.value, file: null })} />
      </LabelledField>
      <IdsFile onRead={(read) => onChange({ text, file: read })} onShare={setShare} />
      {share !== null && <Progress percent={Math.round(share * 100)} size="small" aria-label={t("audiences.batch.reading")} />}
    </>
  );
}
