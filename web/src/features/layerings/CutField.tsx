/** A cut as a rule: mean, median, a quantile, or a number. */
import { InputNumber, Select, Space } from "antd";
import { useWords } from "@/i18n";
import { quantileOf, ruleOf, type Rule } from "./parameters";

interface Props {
  value: unknown;
  onChange: (value: string | number) => void;
  label: string;
  days?: boolean;
}

export function CutField({ value, onChange, label, days }: Props) {
  const { t } = useWords();
  const rule = ruleOf(value);
  const rules: Rule[] = days ? ["number", "median", "quantile"] : ["median", "mean", "quantile", "number"];
  const choose = (next: Rule) => {
    if (next === "number") onChange(typeof value === "number" ? value : days ? 90 : 0);
    else onChange(next === "quantile" ? "q0.8" : next);
  };
  return (
    <Space.Compact block>
      <Select<Rule>
        value={rule}
        onChange={choose}
        style={{ minWidth: 120, flex: 1 }}
        aria-label={label}
        options={rules.map((one) => ({ value: one, label: t(`layerings.rule.${days && one === "number" ? "days" : one}`) }))}
      />
      {rule === "number" && (
        <InputNumber aria-label={`${label} ${t("layerings.rule.number")}`} value={value as number} onChange={(next) => next !== null && onChange(next)} />
      )}
      {rule === "quantile" && (
        <InputNumber
          aria-label={`${label} ${t("layerings.rule.quantile")}`}
          value={Math.round(quantileOf(value) * 1000) / 10}
          min={1}
          max={99}
          suffix="%"
          onChange={(next) => next !== null && onChange(`q${(next / 100).toFixed(3).replace(/0+$/, "")}`)}
        />
      )}
    </Space.Compact>
  );
}
