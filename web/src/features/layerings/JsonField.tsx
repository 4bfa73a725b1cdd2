/** What no field can draw, as JSON text; it is handed on only while it is valid. */
import { Input } from "antd";
import { useState } from "react";
import { useWords } from "@/i18n";

interface Props {
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}

export function JsonField({ label, value, onChange }: Props) {
  const { t } = useWords();
  const [text, setText] = useState(() => JSON.stringify(value ?? {}, null, 2));
  const [bad, setBad] = useState(false);
  const read = (typed: string) => {
    setText(typed);
    try {
      onChange(JSON.parse(typed) as unknown);
      setBad(false);
    } catch {
      setBad(true);
    }
  };
  return (
    <>
      <Input.TextArea aria-label={label} autoSize={{ minRows: 2, maxRows: 16 }} status={bad ? "error" : undefined} value={text} onChange={(event) => read(event.target.value)} />
      {bad && <span className="down small">{t("layerings.definition.badJson")}</span>}
    </>
  );
}
