/** Step two: what each column was taken for, with samples; correct it, answer questions, go. */
import { useMutation } from "@tanstack/react-query";
import { Button, Checkbox, Select } from "antd";
import { useState } from "react";
import { guessAgain, startImport } from "@/api/commands";
import { freshKey } from "@/api/freshKey";
import type { Guess, Mapping } from "@/api/types";
import { useWords } from "@/i18n";
import { Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { ColumnTable } from "./ColumnTable";
import styles from "./Data.module.css";
import { answered, answerOf, kept, missing, withSource } from "./mapping";
import { Questions } from "./Questions";
import { Said } from "./Said";

interface Props {
  guess: Guess;
  onGuess: (guess: Guess) => void;
  onStarted: (id: string) => void;
  onCancel: () => void;
}

const NAMES: Record<string, string> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" };
const TABLES = ["orders", "order_items", "customers", "events"];

export function CheckColumns({ guess, onGuess, onStarted, onCancel }: Props) {
  const { t } = useWords();
  const { say } = useFormat();
  const [strict, setStrict] = useState(false);
  const [token] = useState(freshKey);
  const again = useMutation({
    mutationFn: (asked: { table?: string; mapping?: Mapping }) => guessAgain(guess.upload_id, asked.table ?? guess.table, asked.mapping),
    onSuccess: (next) => onGuess(kept(guess, next)),
  });
  const start = useMutation({
    mutationFn: () => startImport(guess.upload_id, guess.mapping, strict, token),
    onSuccess: (run) => onStarted(run.id),
  });
  const lacking = missing(guess);
  const unanswered = guess.questions.some((question) => answerOf(guess.mapping, question.field) === undefined);
  const retry = (mapping: Mapping) => again.mutate({ mapping });
  return (
    <div className="stack">
      <FileFacts guess={guess} />
      <label className="row">
        {t("data.check.table")}
        <Select
          value={guess.table}
          aria-label={t("data.check.table")}
          style={{ width: 180 }}
          onChange={(table: string) => again.mutate({ table })}
          options={TABLES.map((table) => ({ value: table, label: t(`data.table.${table}`) }))}
        />
      </label>
      {lacking.length > 0 && (
        <p role="alert" className={styles.lacking}>
          {t("data.check.missing", { columns: lacking.map((target) => say(target.words)).join(t("data.comma")) })}
        </p>
      )}
      <Questions guess={guess} onAnswer={(question, answer) => retry(answered(guess.mapping, question.field, answer))} />
      <ColumnTable guess={guess} busy={again.isPending} onChoose={(target, source) => retry(withSource(guess.mapping, target, source))} />
      <Said guess={guess} onChange={retry} />
      {again.error && <Wrong error={again.error} compact />}
      {start.error && <Wrong error={start.error} compact />}
      <div className="row">
        <Button type="primary" size="large" disabled={lacking.length > 0 || unanswered || again.isPending} loading={start.isPending} onClick={() => start.mutate()}>
          {t("data.check.start")}
        </Button>
        <Button size="large" onClick={onCancel}>
          {t("data.check.other")}
        </Button>
        <Checkbox checked={strict} onChange={(event) => setStrict(event.target.checked)}>
          {t("data.check.strict")}
        </Checkbox>
        {unanswered && <span className="warn">{t("data.check.answerFirst")}</span>}
      </div>
    </div>
  );
}

function FileFacts({ guess }: { guess: Guess }) {
  const { t } = useWords();
  const { number } = useFormat();
  const delimiter = guess.delimiter && t(`data.delimiter.${NAMES[guess.delimiter] ?? "other"}`, { sign: guess.delimiter });
  const facts = [
    guess.format.toUpperCase(),
    guess.encoding?.toUpperCase(),
    delimiter,
    guess.rows !== null && t("data.check.rows", { count: guess.rows, n: number(guess.rows) }),
    t("data.check.columns", { count: guess.columns.length }),
  ].filter(Boolean);
  return (
    <div>
      <p className={styles.file}>{guess.file_name}</p>
      <p className="muted">{facts.join(" · ")}</p>
      <p className={guess.confident ? "up" : "warn"}>
        {t(guess.remembered ? "data.check.remembered" : guess.confident ? "data.check.confident" : "data.check.unsure")}
      </p>
    </div>
  );
}
