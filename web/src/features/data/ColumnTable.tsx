/** Every column that Titian knows, the source column taken for it, how sure, and five samples. */
import { Button, Select } from "antd";
import { useState } from "react";
import type { Guess, SourceColumn, TargetColumn } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useFormat } from "@/ui/useFormat";
import styles from "./Data.module.css";

interface Props {
  guess: Guess;
  busy: boolean;
  onChoose: (target: string, source: string | null) => void;
}

export function ColumnTable({ guess, busy, onChoose }: Props) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const source = new Map(guess.columns.map((column) => [column.name, column]));
  const shown = guess.targets.filter((target) => all || target.required || target.name in guess.mapping.columns);
  const hidden = guess.targets.length - shown.length;
  const used = new Set(Object.values(guess.mapping.columns));
  const unused = guess.columns.filter((column) => !used.has(column.name));
  return (
    <div className={styles.columns} data-busy={busy}>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t("data.check.mapping")}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("data.check.means")}</th>
              <th scope="col">{t("data.check.from")}</th>
              <th scope="col">{t("data.check.sure")}</th>
              <th scope="col">{t("data.check.samples")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((target) => (
              <Line key={target.name} target={target} guess={guess} column={source.get(guess.mapping.columns[target.name] ?? "")} onChoose={onChoose} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="row">
        {(hidden > 0 || all) && (
          <Button type="link" onClick={() => setAll(!all)}>
            {all ? t("data.check.fewer") : t("data.check.more", { count: hidden })}
          </Button>
        )}
        {unused.length > 0 && (
          <span className="muted small">{t("data.check.unused", { columns: unused.map((column) => column.name).join(t("data.comma")) })}</span>
        )}
      </div>
    </div>
  );
}

interface LineProps {
  target: TargetColumn;
  guess: Guess;
  column: SourceColumn | undefined;
  onChoose: Props["onChoose"];
}

function Line({ target, guess, column, onChoose }: LineProps) {
  const { t } = useWords();
  const { title, share } = useFormat();
  const label = title(target.words);
  return (
    <tr>
      <td>
        <b>{label}</b> {target.required && <span className="small down">{t("data.check.required")}</span>}
        <div className="muted small">{t(`data.kind.${target.kind}`, { defaultValue: target.kind })}</div>
      </td>
      <td>
        <Select
          className={styles.source}
          aria-label={t("data.check.fromFor", { column: label })}
          showSearch
          allowClear
          value={guess.mapping.columns[target.name]}
          placeholder={t("data.check.leaveOut")}
          onChange={(source: string | undefined) => onChoose(target.name, source ?? null)}
          options={guess.columns.map((one) => ({ value: one.name, label: one.name }))}
        />
      </td>
      <td>{column && <Sure target={target} />}</td>
      <td className={styles.samples}>
        {column?.samples.slice(0, 5).map((sample) => (
          <code key={sample}>{sample}</code>
        ))}
        {column && column.empty_share > 0 && <span className="warn small num">{t("data.check.empty", { share: share(column.empty_share) })}</span>}
      </td>
    </tr>
  );
}

function Sure({ target }: { target: TargetColumn }) {
  const { t } = useWords();
  const { say } = useFormat();
  const level = target.confidence >= 0.8 ? "high" : target.confidence >= 0.5 ? "middle" : target.confidence > 0 ? "low" : "yours";
  return (
    <span className={styles.sure} {...explain(t(`data.sure.${level}`), target.why && say(target.why))}>
      <span className={styles.dots} data-level={level} aria-hidden>
        <i />
        <i />
        <i />
      </span>
      <span className="small">{t(`data.sure.${level}`)}</span>
      {target.why && <span className="muted small">{say(target.why)}</span>}
    </span>
  );
}
