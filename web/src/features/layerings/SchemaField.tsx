/** One field of a form drawn from a JSON schema. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import type { Parameters, TraitInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import { CutField } from "./CutField";
import styles from "./DefinitionTab.module.css";
import { resolved, type Field, type Schema } from "./schema";
import { SchemaForm } from "./SchemaForm";

export interface FieldProps {
  field: Field;
  root: Schema;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
  traits: TraitInfo[];
}

export function SchemaField(props: FieldProps) {
  const { field, root, label, value, onChange, traits } = props;
  const { t } = useWords();
  const { kind, schema, nullable } = field;
  if (kind === "cut" || kind === "silence") return <CutField value={value} onChange={onChange} label={label} days={kind === "silence"} />;
  if (kind === "number" || kind === "integer") {
    return (
      <InputNumber
        style={{ width: "100%" }}
        aria-label={label}
        value={value as number | null}
        precision={kind === "integer" ? 0 : undefined}
        min={schema.minimum ?? (schema.exclusiveMinimum === undefined ? undefined : schema.exclusiveMinimum + 1)}
        placeholder={nullable ? t("layerings.definition.unset") : undefined}
        onChange={(next) => (next !== null || nullable) && onChange(next)}
      />
    );
  }
  if (kind === "choice") {
    const options = (schema.enum ?? []).map((one) => ({ value: String(one), label: t(`layerings.choice.${String(one)}`, { defaultValue: String(one) }) }));
    return <Select aria-label={label} allowClear={nullable} placeholder={t("layerings.definition.usual")} value={(value as string | null) ?? undefined} options={options} onChange={(next: string | undefined) => onChange(next ?? null)} />;
  }
  if (kind === "trait") return <TraitChoice {...props} />;
  if (kind === "text") return <Input aria-label={label} value={(value as string | null) ?? ""} onChange={(event) => onChange(event.target.value)} />;
  if (kind === "numbers") return <Numbers {...props} />;
  if (kind === "list") return <Items {...props} />;
  if (kind === "group") return <SchemaForm schema={schema} root={root} value={(value ?? {}) as Parameters} onChange={onChange} traits={traits} />;
  return <Json {...props} />;
}

/** A trait of the catalogue by its name; one that is not computed here stays as it is written. */
function TraitChoice({ label, value, onChange, traits }: FieldProps) {
  const { title } = useFormat();
  const known = traits.map((trait) => ({ value: trait.key, label: title(trait.name) }));
  const present = String(value ?? "");
  const options = known.some((one) => one.value === present) ? known : [{ value: present, label: present }, ...known];
  return <Select showSearch={{ optionFilterProp: "label" }} aria-label={label} value={present} options={options} onChange={onChange} />;
}

function Numbers({ field, label, value, onChange }: FieldProps) {
  const { t } = useWords();
  const [text, setText] = useState(Array.isArray(value) ? value.join(", ") : "");
  const read = (typed: string) => {
    setText(typed);
    const parts = typed.split(/[\s,，、]+/).filter(Boolean).map(Number);
    if (!parts.length && field.nullable) onChange(null);
    else if (parts.every(Number.isFinite) && parts.length >= (field.schema.minItems ?? 0)) onChange(parts);
  };
  return <Input aria-label={label} value={text} placeholder={t("layerings.definition.bounds")} onChange={(event) => read(event.target.value)} />;
}

function Items({ field, root, value, onChange, traits }: FieldProps) {
  const { t } = useWords();
  const items = (Array.isArray(value) ? value : []) as Parameters[];
  const schema = field.schema.items ? resolved(field.schema.items, root) : {};
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = field.schema;
  return (
    <div className={styles.items}>
      {items.map((item, place) => (
        <div key={place} className={styles.item}>
          <SchemaForm
            schema={schema}
            root={root}
            value={item}
            traits={traits}
            onChange={(next) => onChange(items.map((one, at) => (at === place ? next : one)))}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t("layerings.definition.remove")}
            disabled={items.length <= minItems}
            onClick={() => onChange(items.filter((_, at) => at !== place))}
          />
        </div>
      ))}
      <div>
        <Button icon={<PlusOutlined />} disabled={items.length >= maxItems} onClick={() => onChange([...items, { ...items.at(-1) }])}>
          {t("layerings.definition.add")}
        </Button>
      </div>
    </div>
  );
}

function Json({ label, value, onChange }: FieldProps) {
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
      <Input.TextArea aria-label={label} autoSize={{ minRows: 2, maxRows: 12 }} status={bad ? "error" : undefined} value={text} onChange={(event) => read(event.target.value)} />
      {bad && <span className="down small">{t("layerings.definition.badJson")}</span>}
    </>
  );
}
