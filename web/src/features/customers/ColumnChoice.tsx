/** Which columns the list shows; remembered in this browser. */
import { Button, Checkbox, Popover } from "antd";
import { useState } from "react";
import type { TraitInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import styles from "./Customers.module.css";

const KEPT = "titian.columns.hidden";

function remembered(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(kept) ? kept.map(String) : [];
  } catch {
    return [];
  }
}

export function useColumns(): [string[], (hidden: string[]) => void] {
  const [hidden, setHidden] = useState(remembered);
  const keep = (next: string[]) => {
    localStorage.setItem(KEPT, JSON.stringify(next));
    setHidden(next);
  };
  return [hidden, keep];
}

interface Props {
  traits: TraitInfo[];
  hidden: string[];
  onChange: (hidden: string[]) => void;
}

export function ColumnChoice({ traits, hidden, onChange }: Props) {
  const { t } = useWords();
  const { title } = useFormat();
  const toggle = (key: string, shown: boolean) =>
    onChange(shown ? hidden.filter((one) => one !== key) : [...hidden, key]);
  const choices = (
    <div className={styles.columns}>
      {traits.map((trait) => (
        <Checkbox key={trait.key} checked={!hidden.includes(trait.key)} onChange={(event) => toggle(trait.key, event.target.checked)}>
          {title(trait.name)}
        </Checkbox>
      ))}
    </div>
  );
  return (
    <Popover content={choices} trigger="click" placement="bottomRight" arrow={false}>
      <Button aria-haspopup="dialog">{t("customers.columns")}</Button>
    </Popover>
  );
}
