/** Narrows the list to customers of whom somebody, or nobody, is in charge. */
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { staffQuery } from "@/api/knowing";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import styles from "./Customers.module.css";

/** Select takes no empty value for a choice. */
const NOBODY = "\u0000";

interface Props {
  value: string[] | undefined;
  onChange: (staff: string[] | undefined) => void;
}

export function StaffFilter({ value, onChange }: Props) {
  const { t } = useWords();
  const { number } = useFormat();
  const staff = useQuery(staffQuery).data?.staff ?? [];
  if (!staff.length && !value?.length) return null;
  const options = [{ value: NOBODY, label: t("customers.staff.nobody") }, ...staff.map((one) => ({ value: one.name, label: `${one.name} · ${number(one.customers)}` }))];
  return (
    <Select
      mode="multiple"
      className={styles.staff}
      aria-label={t("customers.staff.title")}
      placeholder={t("customers.staff.all")}
      maxTagCount="responsive"
      value={value?.map((one) => one || NOBODY) ?? []}
      options={options}
      onChange={(chosen: string[]) => onChange(chosen.length ? chosen.map((one) => (one === NOBODY ? "" : one)) : undefined)}
    />
  );
}
