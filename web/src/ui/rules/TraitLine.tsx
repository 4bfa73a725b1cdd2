/** A condition on a trait: which, compared how, with what. */
import { Select } from "antd";
import { useWords } from "@/i18n";
import { useBoard } from "./board";
import { fitted, opsOf, type Condition, type Op } from "./condition";
import type { Rule } from "./tree";
import { TraitField, traitNamed } from "./TraitField";
import { ValueField } from "./ValueField";

interface Props {
  label: string;
  rule: Rule;
  onChange: (rule: Rule) => void;
}

export function TraitLine({ label, rule, onChange }: Props) {
  const { t } = useWords();
  const { traits } = useBoard();
  const { trait, op = "=", value } = rule as unknown as Condition;
  const unit = traitNamed(trait, traits)?.unit ?? "none";
  const ops = opsOf(unit);
  const put = (name: string, wanted: Op) => {
    const next = traitNamed(name, traits)?.unit ?? unit;
    const fits = opsOf(next).includes(wanted) ? wanted : (opsOf(next)[0] as Op);
    const shaped = fitted(fits, next === unit ? value : undefined, next);
    onChange(shaped === undefined ? { trait: name, op: fits } : { trait: name, op: fits, value: shaped });
  };
  return (
    <>
      <TraitField label={`${label} ${t("rules.trait")}`} value={trait} traits={traits} onChange={(name) => put(name, op)} />
      <Select<Op>
        aria-label={`${label} ${t("rules.compared")}`}
        value={op}
        popupMatchSelectWidth={false}
        options={(ops.includes(op) ? ops : [op, ...ops]).map((one) => ({ value: one, label: t(`rules.op.${one}`) }))}
        onChange={(next) => put(trait, next)}
      />
      <ValueField label={`${label} ${t("rules.value")}`} op={op} value={value} unit={unit} onChange={(next) => onChange({ ...rule, op, value: next })} />
    </>
  );
}
