/** A calm word on parts of the address that could not be read: which, and what was used instead. */
import { CloseOutlined, InfoCircleOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useWords } from "@/i18n";
import styles from "./Refused.module.css";

export interface RefusedItem {
  name: string;
  given: string;
  instead: string;
}

export function Refused({ items, onClose }: { items: RefusedItem[]; onClose?: () => void }) {
  const { t } = useWords();
  if (!items.length) return null;
  return (
    <div role="status" className={styles.refused}>
      <InfoCircleOutlined aria-hidden className={styles.icon} />
      <div className={styles.lines}>
        {items.map(({ name, given, instead }) => (
          <p key={name + given}>{t("shell.address.refused", { name, given: given.slice(0, 60), instead })}</p>
        ))}
      </div>
      {onClose && <Button type="text" size="small" icon={<CloseOutlined aria-hidden />} aria-label={t("shell.address.close")} onClick={onClose} />}
    </div>
  );
}
