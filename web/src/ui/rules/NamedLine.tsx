/** Conditions on a tag, an audience or who is in charge: which; while there is none it says so. */
import { Select } from "antd";
import { useWords } from "@/i18n";
import { useBoard } from "./board";
import styles from "./Rules.module.css";
import type { Rule } from "./tree";

interface Props {
  label: string;
  of: "tag" | "audience" | "staff";
  rule: Rule;
  onChange: (rule: Rule) => void;
}

export function NamedLine({ label, of, rule, onChange }: Props) {
  const { t } = useWords();
  const { known } = useBoard();
  const value = String(rule[of] ?? "");
  const named = ({ tag: known.tags, audience: known.audiences, staff: known.staff }[of]).map((one) => ({ value: one.key, label: one.name }));
  const options = !value || named.some((one) => one.value === value) ? named : [{ value, label: value }, ...named];
  return (
    <Select
      className={styles.list}
      showSearch={{ optionFilterProp: "label" }}
      aria-label={`${label} ${t(`rules.kind.${of}`)}`}
      value={value || undefined}
      placeholder={t(named.length ? "rules.choose" : `rules.none.${of}`)}
      notFoundContent={<span className="muted">{t(`rules.none.${of}`)}</span>}
      options={options}
      onChange={(next: string) => onChange({ [of]: next })}
    />
  );
}
