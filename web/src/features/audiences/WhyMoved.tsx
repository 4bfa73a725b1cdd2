/** Who came into an audience and left it since the comparison day, and by which conditions of its rule. */
import type { AudienceNow } from "@/api/types";
import { useWords } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { useFormat } from "@/ui/useFormat";

export function WhyMoved({ now }: { now: AudienceNow }) {
  const { t } = useWords();
  const { title, number } = useFormat();
  if (now.entered === null || now.left === null || !now.period.compare) return null;
  return (
    <Panel title={t("audiences.moved.title")} note={t("audiences.moved.since", { day: now.period.compare })}>
      <div className="stack">
        <p>{t("audiences.moved.says", { before: number(now.before), entered: number(now.entered), fresh: number(now.entered_new), left: number(now.left), after: number(now.audience.customers) })}</p>
        {now.changes.length > 0 && (
          <div className="scroll-x" tabIndex={0} role="region" aria-label={t("audiences.moved.title")}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t("audiences.moved.condition")}</th>
                  <th scope="col" className="right">{t("audiences.moved.entered")}</th>
                  <th scope="col" className="right">{t("audiences.moved.left")}</th>
                </tr>
              </thead>
              <tbody>
                {now.changes.map((one) => (
                  <tr key={one.said.en}>
                    <td>{title(one.said)}</td>
                    <td className="right">{turned(one.entered_met, one.entered_unmet)}</td>
                    <td className="right">{turned(one.left_met, one.left_unmet)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </Panel>
  );

  /** So many meet it now and did not, so many no longer do. */
  function turned(met: number, unmet: number) {
    const parts = [met > 0 && t("audiences.moved.met", { n: number(met) }), unmet > 0 && t("audiences.moved.unmet", { n: number(unmet) })].filter(Boolean);
    return parts.length ? parts.join(" · ") : <span className="muted">–</span>;
  }
}
