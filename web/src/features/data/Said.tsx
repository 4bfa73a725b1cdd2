/** What is known beyond the columns: status words and the order of day and month, both changeable. */
import { Select } from "antd";
import type { Guess, Mapping } from "@/api/types";
import { useWords } from "@/i18n";
import styles from "./Data.module.css";
import { answered } from "./mapping";

const STATUSES = ["paid", "unpaid", "cancelled", "refund"];
const ORDERS = ["ymd", "dmy", "mdy"];

interface Props {
  guess: Guess;
  onChange: (mapping: Mapping) => void;
}

export function Said({ guess, onChange }: Props) {
  const { t } = useWords();
  const { mapping } = guess;
  const words = Object.entries(mapping.status_values ?? {});
  if (!words.length && !mapping.date_order) return null;
  const options = (choices: string[]) => choices.map((choice) => ({ value: choice, label: t(`data.answer.${choice}`) }));
  return (
    <dl className={styles.said}>
      {mapping.date_order && (
        <div>
          <dt className="muted">{t("data.check.dateOrder")}</dt>
          <dd>
            <Select size="small" aria-label={t("data.check.dateOrder")} value={mapping.date_order} options={options(ORDERS)} onChange={(order: string) => onChange(answered(mapping, "date_order", order))} />
          </dd>
        </div>
      )}
      {words.length > 0 && (
        <div>
          <dt className="muted">{t("data.check.statusWords")}</dt>
          <dd className="row">
            {words.map(([word, status]) => (
              <label key={word} className={styles.word}>
                <code>{word}</code>
                <Select size="small" aria-label={t("data.check.statusOf", { word })} value={status} options={options(STATUSES)} onChange={(next: string) => onChange(answered(mapping, `status_values.${word}`, next))} />
              </label>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}
