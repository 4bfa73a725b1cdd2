/** A range of one trait: from, to. */
import { Button, InputNumber, Select } from "antd";
import { useState } from "react";
import type { TraitInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import { bounds, withBound } from "./bounds";
import type { Asked } from "./CustomersPage";
import styles from "./Customers.module.css";

interface Props {
  traits: TraitInfo[];
  asked: Asked;
  onApply: (next: Partial<Asked>) => void;
}

export function RangeForm({ traits, asked, onApply }: Props) {
  const { t } = useWords();
  const { title, unit } = useFormat();
  const [key, setKey] = useState(traits[0]?.key ?? "");
  const present = (side: "min" | "max", trait: string) => bounds(asked[side]).find((one) => one.trait === trait)?.value ?? null;
  const [low, setLow] = useState<number | null>(present("min", key));
  const [high, setHigh] = useState<number | null>(present("max", key));
  const trait = traits.find((one) => one.key === key);
  const choose = (next: string) => {
    setKey(next);
    setLow(present("min", next));
    setHigh(present("max", next));
  };
  return (
    <form
      className={styles.range}
      onSubmit={(event) => {
        event.preventDefault();
        onApply({ min: withBound(asked.min, key, low), max: withBound(asked.max, key, high) });
      }}
    >
      <Select
        aria-label={t("customers.trait")}
        value={key}
        onChange={choose}
        options={traits.map((one) => ({ value: one.key, label: title(one.name) }))}
      />
      <div className="row">
        <InputNumber aria-label={t("customers.atLeast")} placeholder={t("customers.atLeast")} value={low} onChange={setLow} />
        <span className="muted">–</span>
        <InputNumber aria-label={t("customers.atMost")} placeholder={t("customers.atMost")} value={high} onChange={setHigh} />
        <span className="muted">{trait && unit(trait.unit)}</span>
      </div>
      <Button type="primary" htmlType="submit">
        {t("customers.apply")}
      </Button>
    </form>
  );
}
