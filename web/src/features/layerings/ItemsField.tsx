/** A list of groups: layers, tiers, stages, dimensions; ordered by hand, whoever catches all stays last. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { Parameters } from "@/api/types";
import { useWords } from "@/i18n";
import styles from "./DefinitionTab.module.css";
import fields from "./Fields.module.css";
import { isCatchAll, moved, withOneMore } from "./items";
import type { FieldProps } from "./SchemaField";
import { resolved } from "./schema";
import { SchemaForm } from "./SchemaForm";

export function ItemsField({ field, root, label, value, onChange, traits }: FieldProps) {
  const { t, language } = useWords();
  const items = (Array.isArray(value) ? value : []) as Parameters[];
  const schema = field.schema.items ? resolved(field.schema.items, root) : {};
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = field.schema;
  const ordered = "key" in (schema.properties ?? {});
  const fixed = (at: number) => at < 0 || at >= items.length || isCatchAll(items[at] ?? {});
  const nameOf = (item: Parameters, at: number) => (item.name as Record<string, string> | undefined)?.[language] ?? String(at + 1);
  return (
    <div className={styles.items} role="group" aria-label={label}>
      {items.map((item, at) => (
        <div key={String(item.key ?? at)} className={styles.item}>
          <SchemaForm schema={schema} root={root} value={item} traits={traits} onChange={(next) => onChange(items.map((one, place) => (place === at ? next : one)))} />
          <div className={fields.tools}>
            {ordered && !fixed(at) && (
              <>
                <Button type="text" size="small" icon={<ArrowUpOutlined />} disabled={fixed(at - 1)} aria-label={t("layerings.build.up", { name: nameOf(item, at) })} onClick={() => onChange(moved(items, at, -1))} />
                <Button type="text" size="small" icon={<ArrowDownOutlined />} disabled={fixed(at + 1)} aria-label={t("layerings.build.down", { name: nameOf(item, at) })} onClick={() => onChange(moved(items, at, 1))} />
              </>
            )}
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={`${t("layerings.build.remove")} ${nameOf(item, at)}`}
              disabled={items.length <= minItems || isCatchAll(item)}
              onClick={() => onChange(items.filter((_, place) => place !== at))}
            />
          </div>
        </div>
      ))}
      <div>
        <Button icon={<PlusOutlined />} disabled={items.length >= maxItems} onClick={() => onChange(withOneMore(items, { zh: t("layerings.build.newZh"), en: t("layerings.build.newEn") }))}>
          {t("layerings.build.add")}
        </Button>
      </div>
    </div>
  );
}
