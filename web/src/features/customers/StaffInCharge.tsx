/** Who is in charge of a customer: shown, given to somebody of the team by name, left with nobody; each with a way back. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { chargeStaff, customerStaffQuery, staffQuery, undoCharge } from "@/api/knowing";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import { useUndo } from "@/ui/useUndo";
import styles from "./Portrait.module.css";

const LONGEST = 100;

export function StaffInCharge({ customerId }: { customerId: string }) {
  const { t } = useWords();
  const { instant } = useFormat();
  const held = useQuery(customerStaffQuery(customerId));
  const staff = useQuery(staffQuery).data?.staff ?? [];
  const [typed, setTyped] = useState("");
  const charge = useCharge(customerId);
  if (!held.data) return null;
  const now = held.data.charge;
  const name = typed.trim().slice(0, LONGEST);
  const options = staff.map((one) => ({ value: one.name, label: one.name }));
  if (name && !staff.some((one) => one.name === name)) options.push({ value: name, label: t("customers.staff.typed", { name }) });
  const since = now ? t("customers.staff.since", { at: instant(now.since), who: now.by }) : undefined;
  return (
    <span className={styles.inCharge} title={since}>
      {t("customers.staff.title")}
      <Select<string>
        className={styles.staff}
        size="small"
        variant={now ? "borderless" : "outlined"}
        aria-label={t("customers.staff.change")}
        placeholder={t("customers.staff.none")}
        loading={charge.isPending}
        allowClear
        value={now?.staff ?? null}
        popupMatchSelectWidth={200}
        showSearch={{ searchValue: typed, onSearch: setTyped, optionFilterProp: "value" }}
        notFoundContent={null}
        options={options}
        onSelect={(chosen) => {
          setTyped("");
          charge.mutate(chosen);
        }}
        onClear={() => charge.mutate(null)}
      />
    </span>
  );
}

function useCharge(customerId: string) {
  const { t } = useWords();
  const { told, refused } = useUndo();
  const cache = useQueryClient();
  const fresh = () => {
    for (const name of ["staff", "customers"]) void cache.invalidateQueries({ queryKey: [name] });
  };
  return useMutation({
    mutationFn: (staff: string | null) => chargeStaff({ staff, ids: [customerId], text: "" }),
    onSuccess: ({ staff, batch }) => {
      fresh();
      if (batch !== null) told(staff === null ? t("customers.staff.taken") : t("customers.staff.given", { name: staff }), () => undoCharge(batch).then(fresh));
    },
    onError: refused,
  });
}
