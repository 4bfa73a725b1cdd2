/** A point in time: a date of the calendar, or days before the day that is looked at. */
import { Input, InputNumber, Select, Space } from "antd";
import { useWords } from "@/i18n";
import { daysBefore } from "@/ui/period";
import { useBoard } from "./board";
import { isBefore, type Edge } from "./condition";
import styles from "./Rules.module.css";

interface Props {
  label: string;
  value: Edge;
  onChange: (edge: Edge) => void;
}

export function EdgeField({ label, value, onChange }: Props) {
  const { t } = useWords();
  const { day } = useBoard();
  const counted = isBefore(value);
  const turn = (how: "before" | "date") => {
    if (how === "before") onChange({ days_before: 30 });
    else onChange(day ? daysBefore(day, counted ? value.days_before : 0) : "");
  };
  return (
    <Space.Compact className={styles.edge}>
      <Select<"before" | "date">
        aria-label={`${label} ${t("rules.edge.how")}`}
        value={counted ? "before" : "date"}
        popupMatchSelectWidth={false}
        options={[
          { value: "before", label: t("rules.edge.before") },
          { value: "date", label: t("rules.edge.date") },
        ]}
        onChange={turn}
      />
      {counted ? (
        <InputNumber
          className={styles.days}
          aria-label={label}
          min={0}
          precision={0}
          suffix={t("shell.unit.days", { count: value.days_before })}
          value={value.days_before}
          onChange={(next) => next !== null && onChange({ days_before: next })}
        />
      ) : (
        <Input className={styles.date} type="date" aria-label={label} value={String(value ?? "").slice(0, 10)} onChange={(event) => onChange(event.target.value)} />
      )}
    </Space.Compact>
  );
}
