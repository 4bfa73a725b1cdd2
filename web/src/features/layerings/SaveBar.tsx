/** Under a changed definition: who would move, and saving it. */
import { Button } from "antd";
import type { Impact, LayeringNow, Parameters } from "@/api/types";
import { areOrdered } from "@/charts/palette";
import { useWords } from "@/i18n";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { Notes } from "@/ui/Notes";
import { Can } from "@/ui/permissions";
import { Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./SaveBar.module.css";
import type { Tried } from "./useImpact";
import { useSave } from "./useSave";

interface Props {
  now: LayeringNow;
  changed: Parameters | null;
  tried: Tried;
  onReset: () => void;
  /** Takes the last change back; null when there is none. */
  onUndo?: (() => void) | null;
  /** Whether the changes are in no address yet, so that closing the tab would lose them. */
  lost: boolean;
  /** What becomes of the changes when the page is left. */
  leaving: string;
}

export function SaveBar({ now, changed, tried, onReset, onUndo, lost, leaving }: Props) {
  const { t } = useWords();
  const { save, conflict, reload } = useSave(now, onReset);
  return (
    <div className={styles.bar}>
      <p className={styles.impact} aria-live="polite" data-asking={tried.asking} data-testid="impact">
        {changed ? <Would impact={tried.impact} /> : <span className="muted">{t("layerings.impact.none")}</span>}
      </p>
      {tried.error !== null && <Wrong error={tried.error} compact />}
      {tried.impact && <Notes notes={tried.impact.notes} />}
      {save.error && <Wrong error={save.error} compact />}
      <div className="row">
        <Can permission="layerings.write" otherwise="disabled">
          <Button type="primary" disabled={!changed || tried.error !== null} loading={save.isPending} onClick={() => changed && save.mutate(changed)}>
            {t("layerings.save.action", { version: now.summary.version + 1 })}
          </Button>
        </Can>
        {onUndo !== undefined && (
          <Button disabled={!onUndo} onClick={onUndo ?? undefined}>
            {t("layerings.save.undoChange")}
          </Button>
        )}
        <Button disabled={!changed} onClick={onReset}>
          {t("layerings.save.reset")}
        </Button>
        {conflict && <Button onClick={reload}>{t("layerings.save.reload")}</Button>}
      </div>
      <LeaveGuard when={changed !== null && !save.isPending} lost={lost} note={leaving} />
      {changed && tried.impact && <BeforeAfter impact={tried.impact} />}
    </div>
  );
}

function Would({ impact }: { impact: Impact | null }) {
  const { t } = useWords();
  const { number } = useFormat();
  if (!impact) return <span className="muted">{t("layerings.impact.asking")}</span>;
  const ordered = areOrdered(impact.layers);
  if (impact.moved === 0) return <span>{t("layerings.impact.nobody")}</span>;
  return (
    <span>
      {t(ordered ? "layerings.impact.moved" : "layerings.impact.changed", { count: impact.moved, n: number(impact.moved) })}
      {ordered && <UpAndDown impact={impact} />}
    </span>
  );
}

function UpAndDown({ impact }: { impact: Impact }) {
  const { t } = useWords();
  const { number } = useFormat();
  return (
    <>
      <strong className="up">{t("layerings.impact.up", { n: number(impact.up) })}</strong>
      {t("layerings.who.comma")}
      <strong className="down">{t("layerings.impact.down", { n: number(impact.down) })}</strong>
      {impact.across > 0 && t("layerings.impact.across", { n: number(impact.across) })}
    </>
  );
}

/** Each layer before and after, so that one sees which shrinks. */
function BeforeAfter({ impact }: { impact: Impact }) {
  const { t } = useWords();
  const { say, number, change } = useFormat();
  const changed = impact.layers.filter((layer) => impact.before[layer.key] !== impact.after[layer.key]);
  if (!changed.length) return null;
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t("layerings.impact.table")}>
      <table className={`table ${styles.table}`}>
        <thead>
          <tr>
            <th scope="col">{t("charts.layer")}</th>
            <th scope="col" className="right">{t("layerings.impact.before")}</th>
            <th scope="col" className="right">{t("layerings.impact.after")}</th>
            <th scope="col" className="right">{t("layerings.impact.change")}</th>
          </tr>
        </thead>
        <tbody>
          {changed.map((layer) => {
            const [before, after] = [impact.before[layer.key] ?? 0, impact.after[layer.key] ?? 0];
            return (
              <tr key={layer.key}>
                <td>{say(layer.name)}</td>
                <td className="right">{number(before)}</td>
                <td className="right">{number(after)}</td>
                <td className={`right ${after > before ? "up" : "down"}`}>{change(after - before)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
