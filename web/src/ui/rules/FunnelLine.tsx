/** A condition on how far somebody went along steps: which steps, within how long, and the step that was reached or not passed. */
import { InputNumber, Select } from "antd";
import { useWords } from "@/i18n";
import { useBoard } from "./board";
import { stepText, stepsOf, withSteps, type Went } from "./funnel";
import styles from "./Rules.module.css";
import type { Rule } from "./tree";

interface Props {
  label: string;
  rule: Rule;
  onChange: (rule: Rule) => void;
}

const WENT: Went[] = ["stopped_at", "reached"];

export function FunnelLine({ label, rule, onChange }: Props) {
  const { t } = useWords();
  const { known } = useBoard();
  const steps = stepsOf(rule);
  const names = new Map(known.events.map((one) => [one.key, one.name]));
  const named = (step: unknown) => names.get(String(step)) ?? stepText(step);
  const texts = steps.map(stepText);
  const others = known.events.filter((one) => !texts.includes(one.key));
  const went: Went = "reached" in rule ? "reached" : "stopped_at";
  const funnel = rule.funnel as Rule;
  const days = typeof funnel.within_days === "number" ? funnel.within_days : null;
  return (
    <>
      <Select
        mode="multiple"
        className={styles.list}
        aria-label={`${label} ${t("rules.funnel.steps")}`}
        value={texts}
        maxCount={10}
        showSearch={{ optionFilterProp: "label" }}
        options={[...steps.map((step) => ({ value: stepText(step), label: named(step) })), ...others.map((one) => ({ value: one.key, label: one.name }))]}
        onChange={(next: string[]) => next.length > 1 && onChange(withSteps(rule, next))}
      />
      <InputNumber
        className={styles.days}
        aria-label={`${label} ${t("rules.funnel.days")}`}
        min={1}
        max={3650}
        precision={0}
        placeholder={t("rules.window.ever")}
        suffix={t("shell.unit.days", { count: days ?? 0 })}
        value={days}
        onChange={(next) => onChange({ ...rule, funnel: { ...funnel, within_days: next } })}
      />
      <Select<Went>
        aria-label={`${label} ${t("rules.funnel.went")}`}
        value={went}
        popupMatchSelectWidth={false}
        options={WENT.map((one) => ({ value: one, label: t(`rules.funnel.${one}`) }))}
        onChange={(next) => {
          const { [went]: step, ...rest } = rule;
          onChange({ ...rest, [next]: step });
        }}
      />
      <Select<number>
        className={styles.name}
        aria-label={`${label} ${t("rules.funnel.step")}`}
        value={Number(rule[went])}
        popupMatchSelectWidth={false}
        options={steps.map((step, place) => ({ value: place + 1, label: `${place + 1} · ${named(step)}` }))}
        onChange={(next) => onChange({ ...rule, [went]: next })}
      />
    </>
  );
}
