/** Small fields: lists of words and numbers, a text in both languages, a layering that another is made of. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { kindsQuery, layeringQuery, layeringsQuery } from "@/api/queries";
import type { Parameters } from "@/api/types";
import { useWords } from "@/i18n";
import { usePeriod } from "@/ui/period";
import { RuleBuilder } from "@/ui/rules/RuleBuilder";
import { traitNamed } from "@/ui/rules/TraitField";
import type { Rule } from "@/ui/rules/tree";
import { useFormat } from "@/ui/useFormat";
import styles from "./Fields.module.css";
import type { FieldProps } from "./SchemaField";
import { readNumbers, readShares } from "./schema";

export function NumbersField({ field, label, value, onChange }: FieldProps) {
  const { t } = useWords();
  const shares = field.kind === "shares";
  const given = Array.isArray(value) ? (value as (number | string)[]) : [];
  const [text, setText] = useState(given.map((one) => (shares ? Math.round(Number(one) * 1e5) / 1e3 : one)).join(", "));
  const read = (typed: string) => {
    setText(typed);
    const parts = shares ? readShares(typed) : readNumbers(typed);
    if (!parts) return;
    if (!parts.length && field.nullable) onChange(null);
    else if (parts.length >= (field.schema.minItems ?? 0)) onChange(parts);
  };
  const hint = shares ? undefined : field.nullable ? t("layerings.definition.bounds") : t("layerings.build.borders");
  return <Input aria-label={label} value={text} suffix={shares ? "%" : undefined} placeholder={hint} onChange={(event) => read(event.target.value)} />;
}

const EVENTS = [
  "view", "search", "click", "favourite", "cart", "purchase", "check_in", "register", "post", "answer", "comment", "reply", "like", "share", "praise",
  "follow", "join", "refer", "exposure",
];

export function WordsListField({ field, label, value, onChange }: FieldProps) {
  const { t } = useWords();
  const options = field.kind === "events" ? EVENTS.map((one) => ({ value: one, label: t(`layerings.event.${one}`) })) : [];
  return (
    <Select
      mode="tags"
      aria-label={label}
      value={Array.isArray(value) ? (value as string[]) : []}
      options={options}
      tokenSeparators={[",", "，", "、"]}
      placeholder={t("layerings.build.anyWords")}
      onChange={(next: string[]) => onChange(next)}
    />
  );
}

export function TraitsField({ label, value, onChange, traits }: FieldProps) {
  const { title } = useFormat();
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  const numeric = traits.filter((trait) => !["category", "flag", "date", "text"].includes(trait.unit));
  const named = (name: string) => {
    const found = traitNamed(name, traits);
    const days = name.slice((found?.key ?? name).length).replace(/\D/g, "");
    return found ? `${title(found.name)}${days ? ` · ${days}d` : ""}` : name;
  };
  const extra = chosen.filter((name) => !numeric.some((trait) => trait.key === name)).map((name) => ({ value: name, label: named(name) }));
  const options = [...extra, ...numeric.map((trait) => ({ value: trait.key, label: title(trait.name) }))];
  return <Select mode="multiple" maxCount={12} aria-label={label} showSearch={{ optionFilterProp: "label" }} value={chosen} options={options} onChange={(next: string[]) => onChange(next)} />;
}

export function BothField({ label, value, onChange }: FieldProps) {
  const { t } = useWords();
  const words = (value ?? { zh: "", en: "" }) as { zh: string; en: string };
  return (
    <span className={styles.words}>
      {(["zh", "en"] as const).map((language) => (
        <Input
          key={language}
          aria-label={`${label} ${t(`layerings.build.${language}`)}`}
          prefix={<span className="muted small">{t(`layerings.build.${language}`)}</span>}
          value={words[language]}
          onChange={(event) => onChange({ ...words, [language]: event.target.value })}
        />
      ))}
    </span>
  );
}

/** A rule that may be left out: then it takes everyone left, or for keeping a tier is the rule of entry. */
export function RuleChoice(props: FieldProps) {
  const { name, value, onChange, traits, label, form } = props;
  const { t } = useWords();
  const keep = name === "keep";
  if (value !== null && value !== undefined) {
    return (
      <>
        <RuleBuilder plain label={label} rule={value as Rule} onChange={onChange} traits={traits} />
        {keep && (
          <div>
            <Button size="small" type="link" onClick={() => onChange(null)}>
              {t("layerings.build.keepAsEntry")}
            </Button>
          </div>
        )}
      </>
    );
  }
  return (
    <span className={`row ${styles.everyone}`}>
      <b>{t(keep ? "layerings.build.asEntry" : "layerings.build.everyone")}</b>
      {keep && (
        <Button size="small" onClick={() => onChange(form.entry)}>
          {t("layerings.build.ownKeep")}
        </Button>
      )}
    </span>
  );
}

/** One of the workspace's layerings, as it is defined now. */
export function LayeringField({ label, value, onChange }: FieldProps) {
  const { say } = useFormat();
  const { asked } = usePeriod();
  const cache = useQueryClient();
  const { data } = useQuery(layeringsQuery(asked.as_of));
  const kinds = useQuery(kindsQuery);
  const part = value as { kind: string; key?: string; parameters?: Parameters };
  const key = part.key ?? part.kind;
  const options = (data ?? []).filter((one) => one.missing === null && !one.masked).map((one) => ({ value: one.key, label: say(one.name) }));
  const kind = kinds.data?.find((one) => one.kind === part.kind);
  const known = options.some((one) => one.value === key) ? options : [{ value: key, label: kind ? say(kind.name) : key }, ...options];
  const choose = async (next: string) => {
    const page = await cache.fetchQuery(layeringQuery(next, asked));
    onChange({ kind: page.summary.kind, key: next, parameters: page.parameters });
  };
  return <Select aria-label={label} value={key} options={known} showSearch={{ optionFilterProp: "label" }} onChange={(next: string) => void choose(next)} />;
}

/** A layer of the layering beside it. */
export function LayerField({ label, value, onChange, form }: FieldProps) {
  const { say } = useFormat();
  const { asked } = usePeriod();
  const { data } = useQuery(layeringsQuery(asked.as_of));
  const outer = form.outer as { kind?: string; key?: string } | undefined;
  const layers = data?.find((one) => one.key === (outer?.key ?? outer?.kind))?.layers ?? [];
  const options = layers.map((layer) => ({ value: layer.key, label: say(layer.name) }));
  const present = String(value ?? "");
  return <Select aria-label={label} value={present} options={options.some((one) => one.value === present) ? options : [{ value: present, label: present }, ...options]} onChange={onChange} />;
}
