/** The value of a condition: a number, words, yes or no, a date, or two or many of them. */
import { Input, InputNumber, Select } from "antd";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import type { Op, Scalar, Value } from "./condition";
import { EdgeField } from "./EdgeField";
import styles from "./Rules.module.css";

interface Props {
  label: string;
  op: Op;
  value: Value;
  unit: string;
  onChange: (value: Value) => void;
}

export function ValueField({ label, op, value, unit, onChange }: Props) {
  const { t } = useWords();
  if (op === "is_known" || op === "is_unknown") return null;
  if (op === "in" || op === "not_in") return <ListField label={label} op={op} value={value} unit={unit} onChange={onChange} />;
  if (op !== "between") return <One label={label} value={value as Scalar} unit={unit} onChange={onChange} />;
  const [low, high] = Array.isArray(value) ? value : [0, 0];
  return (
    <span className={styles.between}>
      <One label={`${label} ${t("rules.from")}`} value={low as Scalar} unit={unit} onChange={(next) => onChange([next, high ?? next])} />
      <span className="muted">–</span>
      <One label={`${label} ${t("rules.to")}`} value={high as Scalar} unit={unit} onChange={(next) => onChange([low ?? next, next])} />
    </span>
  );
}

interface OneProps {
  label: string;
  value: Scalar;
  unit: string;
  onChange: (value: Scalar) => void;
}

function One({ label, value, unit, onChange }: OneProps) {
  const { t } = useWords();
  const { unit: word } = useFormat();
  if (unit === "date") return <EdgeField label={label} value={value as never} onChange={onChange} />;
  if (unit === "flag")
    return (
      <Select
        aria-label={label}
        value={Boolean(value)}
        options={[true, false].map((one) => ({ value: one, label: t(one ? "shell.flag.yes" : "shell.flag.no") }))}
        onChange={onChange}
      />
    );
  if (unit === "category" || unit === "text")
    return <Input className={styles.text} aria-label={label} value={String(value ?? "")} onChange={(event) => onChange(event.target.value)} />;
  const hundredfold = unit === "share" ? 100 : 1;
  return (
    <InputNumber
      className={styles.number}
      aria-label={label}
      value={Number(((value as number) * hundredfold).toPrecision(12))}
      suffix={word(unit)}
      onChange={(next) => next !== null && onChange(Number((Number(next) / hundredfold).toPrecision(12)))}
    />
  );
}

function ListField({ label, value, unit, onChange }: Props) {
  const { t } = useWords();
  const words = unit === "category" || unit === "text";
  const given = (Array.isArray(value) ? value : []) as Scalar[];
  const put = (next: string[]) => onChange(words ? next : next.map(Number).filter(Number.isFinite));
  return (
    <Select
      mode="tags"
      className={styles.list}
      aria-label={label}
      value={given.map(String)}
      placeholder={t("rules.anyWords")}
      tokenSeparators={[",", "，", "、"]}
      open={false}
      suffixIcon={null}
      onChange={put}
    />
  );
}
