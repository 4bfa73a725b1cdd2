/** The heading of a column: what it is on hover, sorting on click. */
import type { TraitInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { isWord, useFormat } from "@/ui/useFormat";
import type { Asked } from "./CustomersPage";
import styles from "./Customers.module.css";

interface Props {
  name: string;
  trait?: TraitInfo;
  asked: Asked;
  onSort: (next: Partial<Asked>) => void;
}

/** Units that the name of a trait does not say by itself; money carries its sign in every cell. */
const MEASURED = new Set(["days", "seconds"]);

export function Heading({ name, trait, asked, onSort }: Props) {
  const { t } = useWords();
  const { title, meaning, unit } = useFormat();
  const sorted = asked.sort === name;
  const rising = asked.order === "asc";
  const turn = () => onSort({ sort: name, order: sorted && !rising ? "asc" : undefined });
  const label = trait ? title(trait.name) : t("customers.id");
  const word = trait && MEASURED.has(trait.unit) ? unit(trait.unit) : "";
  return (
    <th scope="col" className={trait && !isWord(trait) ? styles.right : undefined} aria-sort={sorted ? (rising ? "ascending" : "descending") : undefined}>
      <button type="button" className={`plain ${styles.sort}`} onClick={turn} {...(trait ? explain(label, meaning(trait)) : {})}>
        {label}
        {word && <span className={styles.unit}>{t("customers.unit", { unit: word })}</span>}
        <span aria-hidden>{sorted ? (rising ? " ↑" : " ↓") : ""}</span>
      </button>
    </th>
  );
}
