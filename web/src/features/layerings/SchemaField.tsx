/** One field of a form drawn from a JSON schema. */
import { Input, InputNumber, Select, Switch } from "antd";
import type { ComponentType } from "react";
import type { Parameters, TraitInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { TraitField } from "@/ui/rules/TraitField";
import { CutField } from "./CutField";
import { ItemsField } from "./ItemsField";
import { JsonField } from "./JsonField";
import { BothField, LayerField, LayeringField, NumbersField, RuleChoice, TraitsField, WordsListField } from "./PlainFields";
import type { Field, FieldKind, Schema } from "./schema";
import { SchemaForm } from "./SchemaForm";

export interface FieldProps {
  field: Field;
  root: Schema;
  name: string;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
  traits: TraitInfo[];
  /** The values of the form that this field stands in. */
  form: Parameters;
}

const FIELDS: Record<FieldKind, ComponentType<FieldProps>> = {
  cut: ({ value, onChange, label }) => <CutField value={value} onChange={onChange} label={label} />,
  silence: ({ value, onChange, label }) => <CutField value={value} onChange={onChange} label={label} days />,
  trait: ({ value, onChange, label, traits }) => <TraitField value={String(value ?? "")} onChange={onChange} label={label} traits={traits} />,
  number: NumberField,
  integer: NumberField,
  choice: ChoiceField,
  text: ({ label, value, onChange }) => <Input aria-label={label} value={(value as string | null) ?? ""} onChange={(event) => onChange(event.target.value)} />,
  date: ({ label, value, onChange }) => <Input type="date" aria-label={label} value={(value as string | null) ?? ""} onChange={(event) => onChange(event.target.value || null)} />,
  flag: ({ label, value, onChange }) => (
    <span>
      <Switch aria-label={label} checked={Boolean(value)} onChange={onChange} />
    </span>
  ),
  numbers: NumbersField,
  shares: NumbersField,
  events: WordsListField,
  texts: WordsListField,
  traits: TraitsField,
  words: BothField,
  rule: RuleChoice,
  layering: LayeringField,
  layer: LayerField,
  list: ItemsField,
  group: ({ field, root, value, onChange, traits }) => <SchemaForm schema={field.schema} root={root} value={(value ?? {}) as Parameters} onChange={onChange} traits={traits} />,
  json: ({ label, value, onChange }) => <JsonField label={label} value={value} onChange={onChange} />,
};

export function SchemaField(props: FieldProps) {
  const Drawn = FIELDS[props.field.kind];
  return <Drawn {...props} />;
}

function NumberField({ field: { kind, schema, nullable }, name, label, value, onChange }: FieldProps) {
  const { t } = useWords();
  return (
    <InputNumber
      style={{ width: "100%" }}
      aria-label={label}
      value={value as number | null}
      precision={kind === "integer" ? 0 : undefined}
      min={schema.minimum ?? (schema.exclusiveMinimum === undefined || kind !== "integer" ? undefined : schema.exclusiveMinimum + 1)}
      placeholder={nullable ? t(name.includes("window") ? "layerings.definition.unset" : "layerings.build.notSet") : undefined}
      onChange={(next) => (next !== null || nullable) && onChange(next)}
    />
  );
}

function ChoiceField({ field: { schema, nullable }, label, value, onChange }: FieldProps) {
  const { t } = useWords();
  const options = (schema.enum ?? []).map((one) => ({ value: String(one), label: t(`layerings.choice.${String(one)}`, { defaultValue: String(one) }) }));
  return (
    <Select
      aria-label={label}
      allowClear={nullable}
      placeholder={t("layerings.definition.usual")}
      value={(value as string | null) ?? undefined}
      options={options}
      onChange={(next: string | undefined) => onChange(next ?? null)}
    />
  );
}
