/** Several audiences laid over each other: how many customers are in exactly which of them, the largest first. */
import type { Overlap } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useFormat } from "@/ui/useFormat";
import { ChartFrame } from "./ChartFrame";
import styles from "./UpSet.module.css";

const MOST = 24;

export default function UpSet({ overlap }: { overlap: Overlap }) {
  const { t } = useWords();
  const { say, number, short, share } = useFormat();
  const { audiences } = overlap;
  const drawn = overlap.intersections.filter((one) => one.audiences.length > 0 && one.customers > 0);
  const shown = drawn.slice(0, MOST);
  const outside = overlap.intersections.find((one) => one.audiences.length === 0);
  const tallest = Math.max(1, ...shown.map((one) => one.customers));
  const widest = Math.max(1, ...audiences.map((one) => one.customers ?? 0));
  const names = (keys: string[]) => audiences.filter((one) => keys.includes(one.key)).map((one) => say(one.name)).join(" ∩ ");
  const table = {
    columns: [...audiences.map((one) => say(one.name)), t("charts.upset.customers"), t("charts.upset.share")],
    rows: overlap.intersections.map((one) => [...audiences.map((set) => (one.audiences.includes(set.key) ? "●" : "")), one.customers, share(one.share)]),
  };
  return (
    <ChartFrame title={t("charts.upset.title")} note={t("charts.upset.note")} name="overlap" table={table}>
      <div className={`scroll-x ${styles.holder}`} tabIndex={0} role="region" aria-label={t("charts.upset.title")}>
        <table className={styles.upset} style={{ ["--sets" as string]: audiences.length }}>
          <thead>
            <tr>
              <td />
              {shown.map((one) => (
                <th key={one.audiences.join()} scope="col" className={styles.column} tabIndex={0} {...explain(t("charts.upset.only", { names: names(one.audiences) }), `${number(one.customers)} · ${share(one.share)}`)}>
                  <span className={styles.number}>{short(one.customers)}</span>
                  <span className={styles.bar} style={{ height: `${Math.max(1, (one.customers / tallest) * 150)}px` }} aria-hidden />
                  <span className="unseen">{names(one.audiences)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {audiences.map((set, line) => (
              <tr key={set.key}>
                <th scope="row" className={styles.set}>
                  <span className={styles.setName}>{say(set.name)}</span>
                  <span className={styles.setBar} aria-hidden>
                    <span style={{ width: `${((set.customers ?? 0) / widest) * 100}%` }} />
                  </span>
                  <span className="num">{number(set.customers)}</span>
                </th>
                {shown.map((one) => {
                  const lines = audiences.flatMap((other, at) => (one.audiences.includes(other.key) ? at : []));
                  const within = line > Math.min(...lines) && line <= Math.max(...lines);
                  return (
                    <td key={one.audiences.join()} className={styles.cell} data-in={lines.includes(line)} data-joined={within}>
                      <span className={styles.dot} aria-hidden />
                      {lines.includes(line) && <span className="unseen">●</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted small">
        {outside && t("charts.upset.outside", { count: outside.customers, n: number(outside.customers), share: share(outside.share) })}{" "}
        {drawn.length > shown.length && t("charts.upset.more", { count: drawn.length - shown.length })}
      </p>
    </ChartFrame>
  );
}
