/** A form drawn from a JSON schema. */
import type { Parameters, TraitInfo } from "@/api/types";
import { useWords } from "@/i18n";
import styles from "./DefinitionTab.module.css";
import { isCatchAll } from "./items";
import { fieldOf, type Schema } from "./schema";
import { SchemaField } from "./SchemaField";

interface Props {
  schema: Schema;
  root?: Schema;
  value: Parameters;
  onChange: (value: Parameters) => void;
  traits: TraitInfo[];
}

/** What names the definition itself is not a parameter. */
const HIDDEN = new Set(["key", "kind"]);

export function SchemaForm({ schema, root = schema, value, onChange, traits }: Props) {
  const { t } = useWords();
  return (
    <div className={styles.fields}>
      {Object.entries(schema.properties ?? {})
        .filter(([name]) => !HIDDEN.has(name) && !(name === "keep" && isCatchAll(value)))
        .map(([name, property]) => {
          const field = fieldOf(property, root, name);
          const label = t(`layerings.parameter.${name}`, { defaultValue: property.title ?? name });
          const wide = ["list", "json", "group", "rule", "words", "traits"].includes(field.kind);
          return (
            <div key={name} className={`${styles.field} ${wide ? styles.wide : ""}`}>
              <span className="muted">{label}</span>
              <SchemaField
                field={field}
                name={name}
                form={value}
                root={root}
                label={label}
                value={value[name] ?? (name in value ? value[name] : property.default)}
                onChange={(next) => onChange({ ...value, [name]: next })}
                traits={traits}
              />
            </div>
          );
        })}
    </div>
  );
}
