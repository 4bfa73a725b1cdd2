/** A rule as lines of conditions, all or any of which hold; what is nested is edited as text. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Segmented, Select } from "antd";
import type { TraitInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import styles from "./Fields.module.css";
import { JsonField } from "./JsonField";
import { built, fitted, flatten, opsOf, type Condition, type Flat, type Op } from "./ruleParts";
import { TraitField, traitNamed } from "./TraitField";

interface Props {
  label: string;
  value: unknown;
  onChange: (rule: unknown) => void;
  traits: TraitInfo[];
}

export function RuleField({ label, value, onChange, traits }: Props) {
  const { t } = useWords();
  const flat = flatten(value);
  if (!flat) return <JsonField label={label} value={value} onChange={onChange} />;
  const change = (next: Partial<Flat>) => onChange(built({ ...flat, ...next }));
  const usual: Condition = flat.conditions.at(-1) ?? { trait: "spend", op: ">=", value: 0 };
  return (
    <div className={styles.rule} role="group" aria-label={label}>
      {flat.conditions.length > 1 && (
        <Segmented<Flat["join"]>
          size="small"
          aria-label={t("layerings.build.join")}
          value={flat.join}
          options={[
            { value: "all", label: t("layerings.build.all") },
            { value: "any", label: t("layerings.build.any") },
          ]}
          onChange={(join) => change({ join })}
        />
      )}
      {flat.conditions.map((condition, at) => (
        <Line
          key={at}
          label={`${label} ${at + 1}`}
          condition={condition}
          traits={traits}
          onChange={(next) => change({ conditions: flat.conditions.map((one, place) => (place === at ? next : one)) })}
          onRemove={flat.conditions.length > 1 ? () => change({ conditions: flat.conditions.filter((_, place) => place !== at) }) : undefined}
        />
      ))}
      <div>
        <Button size="small" type="text" icon={<PlusOutlined />} onClick={() => change({ conditions: [...flat.conditions, { ...usual }] })}>
          {t("layerings.build.addCondition")}
        </Button>
      </div>
    </div>
  );
}

interface LineProps {
  label: string;
  condition: Condition;
  traits: TraitInfo[];
  onChange: (condition: Condition) => void;
  onRemove?: () => void;
}

function Line({ label, condition, traits, onChange, onRemove }: LineProps) {
  const { t } = useWords();
  const unit = traitNamed(condition.trait, traits)?.unit ?? "none";
  const ops = opsOf(unit);
  const put = (trait: string, op: Op) => {
    const next = traitNamed(trait, traits)?.unit ?? unit;
    const fits = opsOf(next).includes(op) ? op : (opsOf(next)[0] as Op);
    const kept = next === unit ? condition.value : undefined;
    onChange({ trait, op: fits, value: fitted(fits, kept, next) });
  };
  return (
    <div className={styles.line}>
      <TraitField label={`${label} ${t("layerings.parameter.trait")}`} value={condition.trait} traits={traits} onChange={(trait) => put(trait, condition.op)} />
      <Select<Op>
        aria-label={`${label} ${t("layerings.build.op")}`}
        value={condition.op}
        popupMatchSelectWidth={false}
        options={(ops.includes(condition.op) ? ops : [condition.op, ...ops]).map((op) => ({ value: op, label: t(`layerings.op.${op}`) }))}
        onChange={(op) => put(condition.trait, op)}
      />
      <ValueField label={`${label} ${t("layerings.build.value")}`} condition={condition} unit={unit} onChange={(value) => onChange({ ...condition, value })} />
      {onRemove && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={`${t("layerings.build.removeCondition")} ${label}`} onClick={onRemove} />}
    </div>
  );
}

interface ValueProps {
  label: string;
  condition: Condition;
  unit: string;
  onChange: (value: Condition["value"]) => void;
}

function ValueField({ label, condition: { op, value }, unit, onChange }: ValueProps) {
  const { t } = useWords();
  const { unit: word } = useFormat();
  if (op === "is_known" || op === "is_unknown") return <span />;
  if (op === "in" || op === "not_in")
    return <Select mode="tags" aria-label={label} value={(Array.isArray(value) ? value : []) as string[]} onChange={(next: string[]) => onChange(next)} open={false} suffixIcon={null} />;
  if (unit === "flag")
    return (
      <Select
        aria-label={label}
        value={Boolean(value)}
        options={[true, false].map((one) => ({ value: one, label: t(one ? "shell.flag.yes" : "shell.flag.no") }))}
        onChange={(next: boolean) => onChange(next)}
      />
    );
  const one = (shown: unknown, place: string, put: (next: string | number) => void) =>
    unit === "category" || unit === "text" || unit === "date" ? (
      <Input type={unit === "date" ? "date" : "text"} aria-label={label + place} value={String(shown ?? "")} onChange={(event) => put(event.target.value)} />
    ) : (
      <InputNumber aria-label={label + place} style={{ width: "100%" }} value={shown as number} suffix={word(unit)} onChange={(next) => next !== null && put(next)} />
    );
  if (op !== "between") return one(value, "", onChange);
  const [low, high] = Array.isArray(value) ? value : [0, 0];
  return (
    <span className={styles.between}>
      {one(low, ` ${t("layerings.cuts.from")}`, (next) => onChange([next, high ?? next]))}
      {one(high, ` ${t("layerings.cuts.to")}`, (next) => onChange([low ?? next, next]))}
    </span>
  );
}
