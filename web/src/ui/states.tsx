/** What a page shows while it waits, when it has nothing, and when something went wrong. */
import { LockOutlined } from "@ant-design/icons";
import { Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { asProblem } from "@/api/problem";
import { useWords } from "@/i18n";
import { PathLink } from "./PathLink";
import styles from "./states.module.css";

export function Waiting({ lines = 6, label }: { lines?: number; label?: string }) {
  const { t } = useWords();
  return (
    <div role="status" aria-label={label ?? t("shell.waiting")} className={styles.waiting}>
      <Skeleton active title={false} paragraph={{ rows: lines }} />
    </div>
  );
}

interface WrongProps {
  error: unknown;
  onRetry?: () => void;
  compact?: boolean;
}

/** A problem: what happened and how to mend it, in the reader's language. */
export function Wrong({ error, onRetry, compact }: WrongProps) {
  const { t, language } = useWords();
  const problem = asProblem(error);
  const [what, mend] = language === "zh" ? [problem.detail_zh, problem.hint_zh] : [problem.detail, problem.hint];
  if (problem.code === "missing_data" && !compact) {
    return (
      <Nothing title={what} action={<PathLink path="/data">{t("shell.toData")}</PathLink>}>
        {mend}
      </Nothing>
    );
  }
  if (problem.code === "masked") return <Masked what={what} mend={mend} compact={compact} />;
  return (
    <div role="alert" className={styles.wrong} data-compact={compact}>
      <p className={styles.what}>{what}</p>
      <p className={styles.mend}>{mend}</p>
      <p className={styles.code}>{problem.code}</p>
      {onRetry && <Button onClick={onRetry}>{t("shell.retry")}</Button>}
    </div>
  );
}

/** Nothing went wrong: it rests on personal data, which who looks may not see. */
function Masked({ what, mend, compact }: { what: string; mend: string; compact: boolean | undefined }) {
  return (
    <div role="status" className={compact ? styles.maskedLine : styles.nothing} data-testid="masked">
      <LockOutlined aria-hidden className={styles.lock} />
      <p className={styles.what}>{what}</p>
      <p className="muted">{mend}</p>
    </div>
  );
}

interface NothingProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing here yet: what will be, and how to get there. */
export function Nothing({ title, children, action }: NothingProps) {
  return (
    <div className={styles.nothing}>
      <Emblem />
      <h2 className={styles.nothingTitle}>{title}</h2>
      {children && <div className={styles.nothingText}>{children}</div>}
      {action}
    </div>
  );
}

/** The terraces, small and empty. */
export function Emblem() {
  return (
    <svg width="96" height="72" viewBox="0 0 96 72" aria-hidden className={styles.emblem}>
      {[24, 40, 56, 72, 88].map((width, at) => (
        <rect key={width} x={(96 - width) / 2} y={at * 15} width={width} height={11} rx={4} opacity={1 - at * 0.18} />
      ))}
    </svg>
  );
}
