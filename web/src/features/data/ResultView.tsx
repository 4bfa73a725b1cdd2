/** What an import did: good and bad rows with reasons, and what changed in the layers. */
import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { rejectsAddress } from "@/api/commands";
import { layeringsQuery } from "@/api/queries";
import type { ImportResult, ImportRun } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { Can } from "@/ui/permissions";
import { Waiting } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Data.module.css";

export function ResultView({ run, result }: { run: ImportRun; result: ImportResult }) {
  const { say } = useFormat();
  return (
    <div className="stack">
      <Figures result={result} table={run.table} />
      {result.notes.length > 0 && (
        <ul className="muted">
          {result.notes.map((note) => (
            <li key={say(note)}>{say(note)}</li>
          ))}
        </ul>
      )}
      {result.rejected > 0 && <Rejects run={run} result={result} />}
      <LayerChanges result={result} />
    </div>
  );
}

function Figures({ result, table }: { result: ImportResult; table: string }) {
  const { t } = useWords();
  const { number } = useFormat();
  const figures: [keyof ImportResult & string, number, string][] = [
    ["rows", result.rows, ""],
    ["good", result.good, "up"],
    ["rejected", result.rejected, result.rejected ? "down" : ""],
    ["added", result.added, ""],
    ["updated", result.updated, ""],
    ["unchanged", result.unchanged, ""],
    ["without_customer", result.without_customer, ""],
  ];
  if (result.reassigned) figures.push(["reassigned", result.reassigned, "down"]);
  if (result.after_today) figures.push(["after_today", result.after_today, "down"]);
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value, tone]) => (
        <div key={name} {...explain(t(`data.result.meaning.${name}`, { table: t(`data.table.${table}`, { defaultValue: table }) }))}>
          <dt className="muted small">{t(`data.result.${name}`)}</dt>
          <dd className={tone}>{number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Rejects({ run, result }: { run: ImportRun; result: ImportResult }) {
  const { t } = useWords();
  const { say, number } = useFormat();
  return (
    <section aria-label={t("data.rejects.title")}>
      <div className={styles.head}>
        <h3>{t("data.rejects.title")}</h3>
        <span className="muted small">{t("data.rejects.shown", { count: result.rejects.length, n: number(result.rejected) })}</span>
        <Can permission="data.load">
          <Button className="push" icon={<DownloadOutlined />} href={rejectsAddress(run.id)} download>
            {t("data.rejects.download")}
          </Button>
        </Can>
      </div>
      <div className={`scroll-x ${styles.rejects}`} tabIndex={0} role="region" aria-label={t("data.rejects.title")}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="right">{t("data.rejects.row")}</th>
              <th scope="col">{t("data.rejects.column")}</th>
              <th scope="col">{t("data.rejects.value")}</th>
              <th scope="col">{t("data.rejects.reason")}</th>
            </tr>
          </thead>
          <tbody>
            {result.rejects.map((reject, at) => (
              <tr key={`${reject.row}${reject.column}${at}`}>
                <td className="right">{number(reject.row)}</td>
                <td>{reject.column}</td>
                <td>{reject.value !== null && <code>{reject.value}</code>}</td>
                <td>{say(reject.reason)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function LayerChanges({ result }: { result: ImportResult }) {
  const { t } = useWords();
  const { say, number } = useFormat();
  const { data } = useQuery({ ...layeringsQuery(), enabled: result.layering !== null });
  if (!result.layering) return null;
  if (!data) return <Waiting lines={2} />;
  const layering = data.find((one) => one.key === result.layering);
  const name = (key: string) => {
    const layer = layering?.layers.find((one) => one.key === key);
    return layer ? say(layer.name) : key;
  };
  const moves = result.moves.filter((move) => move.direction !== "stayed").sort((a, b) => b.customers - a.customers);
  const total = (direction: string) => moves.filter((move) => move.direction === direction).reduce((sum, move) => sum + move.customers, 0);
  return (
    <section aria-label={t("data.changes.title")}>
      <h3>
        {t("data.changes.title")} {layering && <span className="muted">{say(layering.name)}</span>}
      </h3>
      <p>{t("data.changes.sentence", { entered: number(result.entered), up: number(total("up")), down: number(total("down")) })}</p>
      {moves.length > 0 && (
        <ul className={styles.moves}>
          {moves.slice(0, 6).map((move) => (
            <li key={move.source + move.target}>
              <b className={move.direction}>{number(move.customers)}</b> {name(move.source)} → {name(move.target)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
