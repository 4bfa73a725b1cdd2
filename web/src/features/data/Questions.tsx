/** What the values don't tell and a person must say. */
import { Radio } from "antd";
import type { Guess, Question } from "@/api/types";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import styles from "./Data.module.css";
import { answerOf } from "./mapping";

interface Props {
  guess: Guess;
  onAnswer: (question: Question, answer: string) => void;
}

export function Questions({ guess, onAnswer }: Props) {
  const { t } = useWords();
  const { say } = useFormat();
  if (!guess.questions.length) return null;
  return (
    <section className={styles.questions} aria-label={t("data.check.questions")}>
      <h3>{t("data.check.questions")}</h3>
      {guess.questions.map((question) => (
        <fieldset key={question.field} className={styles.question}>
          <legend>{say(question.text)}</legend>
          <Radio.Group
            value={answerOf(guess.mapping, question.field)}
            onChange={(event) => onAnswer(question, String(event.target.value))}
            options={question.choices.map((choice) => ({ value: choice, label: t(`data.answer.${choice}`, { defaultValue: choice }) }))}
          />
        </fieldset>
      ))}
    </section>
  );
}
