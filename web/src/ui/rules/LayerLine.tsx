/** Conditions on layers: in one of them, now or as of a day, and moved from one to another since a day. */
import { Select } from "antd";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import { useBoard } from "./board";
import type { Edge } from "./condition";
import { EdgeField } from "./EdgeField";
import styles from "./Rules.module.css";
import type { Rule } from "./tree";

interface Props {
  label: string;
  rule: Rule;
  onChange: (rule: Rule) => void;
}

export function InLayerLine({ label, rule, onChange }: Props) {
  const { t } = useWords();
  const { as_of, ...now } = rule;
  return (
    <>
      <LayeringSelect label={label} value={String(rule.layering)} onChange={(layering, layer) => onChange({ ...rule, layering, layers: [layer] })} />
      <Layers label={`${label} ${t("rules.layers")}`} layering={String(rule.layering)} value={rule.layers} onChange={(layers) => onChange({ ...rule, layers })} />
      <Select<"now" | "then">
        aria-label={`${label} ${t("rules.when.title")}`}
        value={as_of === undefined ? "now" : "then"}
        popupMatchSelectWidth={false}
        options={(["now", "then"] as const).map((one) => ({ value: one, label: t(`rules.when.${one}`) }))}
        onChange={(next) => onChange(next === "now" ? now : { ...rule, as_of: { days_before: 30 } })}
      />
      {as_of !== undefined && <EdgeField label={`${label} ${t("rules.when.day")}`} value={as_of as Edge} onChange={(edge) => onChange({ ...rule, as_of: edge })} />}
    </>
  );
}

export function MovedLine({ label, rule, onChange }: Props) {
  const { t } = useWords();
  const layering = String(rule.moved);
  const put = (side: "source" | "target", layers: string[]) => {
    const others = Object.fromEntries(Object.entries(rule).filter(([name]) => name !== side));
    onChange(layers.length ? { ...rule, [side]: layers } : others);
  };
  return (
    <>
      <LayeringSelect label={label} value={layering} onChange={(next, layer) => onChange({ moved: next, source: [layer], since: rule.since })} />
      <span className="muted">{t("rules.from")}</span>
      <Layers label={`${label} ${t("rules.from")}`} layering={layering} value={rule.source} anyone onChange={(layers) => put("source", layers)} />
      <span className="muted">{t("rules.to")}</span>
      <Layers label={`${label} ${t("rules.to")}`} layering={layering} value={rule.target} anyone onChange={(layers) => put("target", layers)} />
      <span className="muted">{t("rules.since")}</span>
      <EdgeField label={`${label} ${t("rules.since")}`} value={rule.since as Edge} onChange={(since) => onChange({ ...rule, since })} />
    </>
  );
}

interface LayeringProps {
  label: string;
  value: string;
  onChange: (layering: string, firstLayer: string) => void;
}

function LayeringSelect({ label, value, onChange }: LayeringProps) {
  const { t } = useWords();
  const { say } = useFormat();
  const { known } = useBoard();
  const options = known.layerings.filter((one) => one.layers.length > 0).map((one) => ({ value: one.key, label: say(one.name) }));
  return (
    <Select
      className={styles.name}
      showSearch={{ optionFilterProp: "label" }}
      aria-label={`${label} ${t("rules.layering")}`}
      loading={known.waiting}
      value={value}
      popupMatchSelectWidth={false}
      options={options.some((one) => one.value === value) ? options : [{ value, label: value }, ...options]}
      onChange={(next: string) => onChange(next, known.layerings.find((one) => one.key === next)?.layers[0]?.key ?? "")}
    />
  );
}

interface LayersProps {
  label: string;
  layering: string;
  value: unknown;
  /** Whether no layer stands for any. */
  anyone?: boolean;
  onChange: (layers: string[]) => void;
}

function Layers({ label, layering, value, anyone, onChange }: LayersProps) {
  const { t } = useWords();
  const { say } = useFormat();
  const { known } = useBoard();
  const layers = known.layerings.find((one) => one.key === layering)?.layers ?? [];
  return (
    <Select
      mode="multiple"
      className={styles.list}
      aria-label={label}
      loading={known.waiting}
      value={Array.isArray(value) ? (value as string[]) : []}
      placeholder={t(anyone ? "rules.anyLayer" : "rules.layers")}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: "label" }}
      options={layers.map((layer) => ({ value: layer.key, label: say(layer.name) }))}
      onChange={onChange}
    />
  );
}
