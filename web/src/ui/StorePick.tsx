/** The store that is looked at; nothing where there is only one. */
import { Select } from "antd";
import { useWords } from "@/i18n";
import styles from "./PeriodBar.module.css";
import { useStore } from "./store";

/** Stands for all stores; no store is called so, for names hold no NUL. */
const ALL = "\u0000";

export function StorePick() {
  const { t } = useWords();
  const { store, stores, choose } = useStore();
  if (stores.length < 2 && !store) return null;
  const known = store && !stores.includes(store) ? [store, ...stores] : stores;
  return (
    <Select
      className={styles.store}
      aria-label={t("shell.store.title")}
      value={store ?? ALL}
      showSearch={known.length > 8}
      popupMatchSelectWidth={false}
      options={[{ value: ALL, label: t("shell.store.all") }, ...known.map((one) => ({ value: one, label: one }))]}
      onChange={(next: string) => choose(next === ALL ? undefined : next)}
    />
  );
}
