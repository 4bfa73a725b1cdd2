/** A calm word on parts of the address that could not be read: which, and what was used instead. */
import { Alert } from "antd";
import { useWords } from "@/i18n";

export interface RefusedItem {
  name: string;
  given: string;
  instead: string;
}

export function Refused({ items, onClose }: { items: RefusedItem[]; onClose?: () => void }) {
  const { t } = useWords();
  if (!items.length) return null;
  return (
    <Alert
      type="info"
      role="status"
      showIcon
      closable={onClose ? { onClose, "aria-label": t("shell.address.close") } : false}
      title={items.map(({ name, given, instead }) => (
        <div key={name + given}>{t("shell.address.refused", { name, given: given.slice(0, 60), instead })}</div>
      ))}
    />
  );
}
