/** A condition on what was done: which event, how often, within which window. */
import { InputNumber, Select } from "antd";
import { useWords } from "@/i18n";
import { useBoard } from "./board";
import type { Edge } from "./condition";
import { EdgeField } from "./EdgeField";
import { leafOf } from "./leaves";
import styles from "./Rules.module.css";
import type { Rule } from "./tree";

interface Props {
  label: string;
  rule: Rule;
  onChange: (rule: Rule) => void;
}

const OPS = [">=", ">", "<=", "<", "=", "!="] as const;

export function DidLine({ label, rule, onChange }: Props) {
  const { t } = useWords();
  const { known } = useBoard();
  const did = String(rule.did);
  const named = known.events.map((one) => ({ value: one.key, label: one.name }));
  return (
    <>
      <Select
        className={styles.name}
        showSearch={{ optionFilterProp: "label" }}
        aria-label={`${label} ${t("rules.event")}`}
        value={did}
        popupMatchSelectWidth={false}
        options={named.some((one) => one.value === did) ? named : [{ value: did, label: did }, ...named]}
        onChange={(next: string) => onChange({ ...rule, did: next })}
      />
      {leafOf(rule) === "did" && (
        <>
          <Select
            aria-label={`${label} ${t("rules.compared")}`}
            value={String(rule.op ?? ">=")}
            popupMatchSelectWidth={false}
            options={OPS.map((one) => ({ value: one as string, label: t(`rules.op.${one}`) }))}
            onChange={(op: string) => onChange({ ...rule, op })}
          />
          <InputNumber
            className={styles.times}
            aria-label={`${label} ${t("rules.times")}`}
            min={0}
            precision={0}
            suffix={t("shell.unit.times", { count: Number(rule.times ?? 1) })}
            value={Number(rule.times ?? 1)}
            onChange={(times) => times !== null && onChange({ ...rule, times })}
          />
        </>
      )}
      <Window label={label} rule={rule} onChange={onChange} />
    </>
  );
}

type How = "ever" | "within" | "between";

function Window({ label, rule, onChange }: Props) {
  const { t } = useWords();
  const { within_days, between, ...rest } = rule;
  const span = Array.isArray(between) ? (between as [Edge, Edge]) : null;
  const how: How = typeof within_days === "number" ? "within" : span ? "between" : "ever";
  const turn = (next: How) => {
    if (next === "within") onChange({ ...rest, within_days: 30 });
    else if (next === "between") onChange({ ...rest, between: [{ days_before: 60 }, { days_before: 30 }] });
    else onChange(rest);
  };
  return (
    <>
      <Select<How>
        aria-label={`${label} ${t("rules.window.title")}`}
        value={how}
        popupMatchSelectWidth={false}
        options={(["within", "between", "ever"] as const).map((one) => ({ value: one, label: t(`rules.window.${one}`) }))}
        onChange={turn}
      />
      {how === "within" && (
        <InputNumber
          className={styles.days}
          aria-label={`${label} ${t("rules.window.days")}`}
          min={1}
          max={36_500}
          precision={0}
          suffix={t("shell.unit.days", { count: within_days as number })}
          value={within_days as number}
          onChange={(days) => days !== null && onChange({ ...rule, within_days: days })}
        />
      )}
      {span && (
        <span className={styles.between}>
          <EdgeField label={`${label} ${t("rules.from")}`} value={span[0]} onChange={(edge) => onChange({ ...rule, between: [edge, span[1]] })} />
          <span className="muted">–</span>
          <EdgeField label={`${label} ${t("rules.to")}`} value={span[1]} onChange={(edge) => onChange({ ...rule, between: [span[0], edge] })} />
        </span>
      )}
    </>
  );
}
