/** One definition of a plan: what would become of it, which lines change, and who would move. */
import { useQuery } from "@tanstack/react-query";
import { layeringsQuery } from "@/api/queries";
import type { Planned } from "@/api/types";
import { useWords } from "@/i18n";
import { MaskedMark } from "@/ui/MaskedMark";
import { PathLink } from "@/ui/PathLink";
import { useFormat } from "@/ui/useFormat";
import styles from "./Definitions.module.css";
import { DiffView } from "./DiffView";
import { unified } from "./diff";
import { useCalled, useNamed } from "./places";
import { movedIn, signOf } from "./planParts";

/** The key under which every layering has those whom it can't place. */
const NO_LAYER = "none";

export function PlanItem({ one, open }: { one: Planned; open: boolean }) {
  const { t } = useWords();
  const { number } = useFormat();
  const called = useCalled();
  const named = useNamed();
  const movedAs = movedIn(one);
  return (
    <article className={styles.item} data-place={`${one.sort}/${one.key}`}>
      <header className={styles.itemHead}>
        <span className={styles.deed} data-deed={one.deed}>
          <span aria-hidden>{signOf(one)} </span>
          {t(`definitions.deed.${one.deed}`)}
        </span>
        <b>{one.name ? called(one) : named(`${one.sort}/${one.key}`).name}</b>
        <span className="muted small">
          {[t(`definitions.one.${one.sort}`), one.key, one.version !== null && t("definitions.version", { version: one.version })].filter(Boolean).join(" · ")}
        </span>
        {one.moved !== null && <span className="push">{one.moved ? t(`definitions.plan.${one.sort === "tags" ? "tagged" : "moved"}.${movedAs}`, { count: one.moved, n: number(one.moved) }) : <span className="muted">{t("definitions.plan.nobody")}</span>}</span>}
      </header>
      {one.masked && (
        <p>
          <MaskedMark />
        </p>
      )}
      {one.deed === "conflict" && (
        <p className="warn">
          {one.version === null ? t("definitions.plan.conflictGone", { base: one.base_version }) : t("definitions.plan.conflict", { base: one.base_version ?? 1, version: one.version })}
        </p>
      )}
      {one.difference && (
        <details open={open}>
          <summary className="small">{t("definitions.plan.lines")}</summary>
          <DiffView label={t("definitions.plan.lines")} lines={unified(one.difference)} />
        </details>
      )}
      {one.moves.length > 0 && <Moves one={one} />}
    </article>
  );
}

function Moves({ one }: { one: Planned }) {
  const { t } = useWords();
  const { number } = useFormat();
  const called = usePlaces(one);
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t("definitions.plan.who")}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t("definitions.plan.from")}</th>
            <th scope="col">{t("definitions.plan.to")}</th>
            <th scope="col" className="right">{t("definitions.plan.customers")}</th>
            <th scope="col">{t("definitions.plan.sample")}</th>
          </tr>
        </thead>
        <tbody>
          {one.moves.map((move) => (
            <tr key={`${move.source} ${move.target}`}>
              <td>{called(move.source)}</td>
              <td>{called(move.target)}</td>
              <td className="right">{number(move.customers)}</td>
              <td>
                <span className={styles.sample}>
                  {move.sample.map((id) => (
                    <PathLink key={id} path={`/customers/${encodeURIComponent(id)}`}>
                      {id}
                    </PathLink>
                  ))}
                  {move.customers > move.sample.length && <span className="muted">…</span>}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the ends of a move are called: layers by their names where they are known, audiences by in and out, tags by who has them, customers by whether they count. */
function usePlaces(one: Planned): (place: string | null) => string {
  const { t } = useWords();
  const { say } = useFormat();
  const layers = useQuery(layeringsQuery()).data?.find((layering) => layering.key === one.key)?.layers ?? [];
  return (place) => {
    if (one.sort === "audiences") return t(place === null ? "definitions.plan.outside" : "definitions.plan.inside");
    if (one.sort === "tags") return t(place === null ? "definitions.plan.without" : "definitions.plan.with");
    if (one.sort === "population") return t(place === null ? "definitions.plan.counted" : "definitions.plan.leftOut");
    if (place === null) return t("definitions.plan.nowhere");
    const layer = layers.find((known) => known.key === place);
    if (layer) return say(layer.name);
    return place === NO_LAYER ? t("definitions.plan.noLayer") : place;
  };
}
