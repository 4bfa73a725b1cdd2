/** A rule as text that can be edited; what is no rule is said and not handed on. */
import { Input } from "antd";
import { useState } from "react";
import { useWords } from "@/i18n";
import styles from "./Rules.module.css";
import { readRule, written, type ReadRule, type Written } from "./text";
import type { Rule } from "./tree";

interface Props {
  rule: Rule | null;
  as: Written;
  onChange: (rule: Rule | null) => void;
}

export default function RuleText({ rule, as, onChange }: Props) {
  const { t } = useWords();
  const [text, setText] = useState(() => written(rule, as));
  const [known, setKnown] = useState(rule);
  const [wrong, setWrong] = useState<ReadRule["wrong"]>(null);
  if (rule !== known) {
    setKnown(rule);
    setText(written(rule, as));
    setWrong(null);
  }
  const read = (typed: string) => {
    setText(typed);
    const found = readRule(typed);
    setWrong(found.wrong);
    if (found.wrong || !found.rule) return;
    setKnown(found.rule);
    onChange(found.rule);
  };
  return (
    <>
      <Input.TextArea
        className={styles.code}
        aria-label={t("rules.asText", { as: as.toUpperCase() })}
        autoSize={{ minRows: 8, maxRows: 28 }}
        spellCheck={false}
        status={wrong ? "error" : undefined}
        value={text}
        onChange={(event) => read(event.target.value)}
      />
      {wrong && (
        <p className={styles.wrong} role="alert">
          {"place" in wrong ? t("rules.badPlace", { place: wrong.place }) : t("rules.badSyntax", { why: wrong.syntax })}
        </p>
      )}
      <p className="muted small">{t("rules.textNote")}</p>
    </>
  );
}
