/** What goes and what comes, line by line; far from a change lines are left out. */
import { useWords } from "@/i18n";
import styles from "./Definitions.module.css";
import type { Line } from "./diff";

const SIGN: Record<Line["kind"], string> = { goes: "−", comes: "+", stays: "", "left out": "⋯" };

export function DiffView({ lines, label }: { lines: Line[]; label: string }) {
  const { t } = useWords();
  return (
    <div className={styles.diff} tabIndex={0} role="region" aria-label={label}>
      <span className={styles.lines}>
        {lines.map((line, at) => (
          // The same line may stand in a text many times.
          <span key={at} className={styles.line} data-kind={line.kind}>
            <span className={styles.sign} aria-hidden>
              {SIGN[line.kind]}
            </span>
            {line.kind === "goes" && <del className="unseen">{t("definitions.diff.goes")} </del>}
            {line.kind === "comes" && <ins className="unseen">{t("definitions.diff.comes")} </ins>}
            {line.kind === "left out" ? line.text && t("definitions.diff.leftOut", { count: Number(line.text) }) : line.text}
          </span>
        ))}
      </span>
    </div>
  );
}
