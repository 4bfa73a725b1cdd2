/** The rows: only those in view are drawn, further ones are fetched as one scrolls. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import type { CustomerPage, CustomerRow, TraitInfo } from "@/api/types";
import { LayerTag } from "@/charts/LayerTag";
import { paints, type Paint } from "@/charts/palette";
import { useWords } from "@/i18n";
import { useLook } from "@/ui/look";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import { isWord, useFormat } from "@/ui/useFormat";
import type { Asked } from "./CustomersPage";
import styles from "./Customers.module.css";
import { Heading } from "./Heading";

interface Props {
  pages: CustomerPage[];
  hidden: string[];
  asked: Asked;
  onSort: (next: Partial<Asked>) => void;
  more: boolean;
  onMore: () => void;
  stale: boolean;
}

const ROW = 40;

export function CustomerTable({ pages, hidden, asked, onSort, more, onMore, stale }: Props) {
  const { t } = useWords();
  const { look } = useLook();
  const holder = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => pages.flatMap((page) => page.rows), [pages]);
  const first = pages[0];
  const traits = (first?.traits ?? []).filter((trait) => !hidden.includes(trait.key));
  const painted = useMemo(() => paints(first?.layers ?? [], look), [first, look]);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualiser keeps its own state; nothing here is memoised on it
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => holder.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - 30) onMore();
  }, [more, last, rows.length, onMore]);
  if (!first) return null;
  if (rows.length === 0) return <Panel><p className="muted">{t("customers.nobody")}</p></Panel>;
  const above = seen[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (seen.at(-1)?.end ?? 0);
  const layers = new Map(first.layers.map((layer) => [layer.key, layer]));
  return (
    <div ref={holder} className={styles.holder} data-stale={stale} tabIndex={0} role="region" aria-label={t("customers.list")}>
      <table className={styles.list} aria-rowcount={first.total + 1}>
        <thead>
          <tr>
            <Heading name="customer_id" asked={asked} onSort={onSort} />
            <th scope="col">{t("charts.layer")}</th>
            <th scope="col">{t("customers.staff.title")}</th>
            {traits.map((trait) => (
              <Heading key={trait.key} name={trait.key} trait={trait} asked={asked} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <Spacer height={above} columns={traits.length + 3} />}
          {seen.map(({ index }) => {
            const row = rows[index];
            const layer = row && layers.get(row.layer);
            return row ? (
              <Row key={row.customer_id} row={row} place={index} traits={traits} layer={layer && <LayerTag layer={layer} paint={painted[row.layer] as Paint} />} />
            ) : null;
          })}
          {below > 0 && <Spacer height={below} columns={traits.length + 3} />}
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

interface RowProps {
  row: CustomerRow;
  place: number;
  traits: TraitInfo[];
  layer: React.ReactNode;
}

function Row({ row, place, traits, layer }: RowProps) {
  const { traitBare } = useFormat();
  return (
    <tr aria-rowindex={place + 2}>
      <td>
        <PathLink path={`/customers/${encodeURIComponent(row.customer_id)}`}>{row.customer_id}</PathLink>
      </td>
      <td>{layer}</td>
      <td className={row.staff ? undefined : "muted"}>{row.staff ?? "–"}</td>
      {traits.map((trait) => (
        <td key={trait.key} className={isWord(trait) ? undefined : styles.right}>
          {traitBare(trait, row.traits[trait.key])}
        </td>
      ))}
    </tr>
  );
}
