/** Where one is: drop, check, result. */
import { useWords } from "@/i18n";
import styles from "./Data.module.css";

const STEPS = ["drop", "check", "result"] as const;

export function Steps({ at }: { at: number }) {
  const { t } = useWords();
  return (
    <ol className={styles.steps}>
      {STEPS.map((step, place) => (
        <li key={step} aria-current={place === at ? "step" : undefined} data-done={place < at}>
          <b>{place + 1}</b> {t(`data.step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
