/** A calm word before a page, such as why something is not on it. */
import { InfoCircleOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import styles from "./Refused.module.css";

export function Aside({ children }: { children: ReactNode }) {
  return (
    <div role="status" className={styles.refused}>
      <InfoCircleOutlined aria-hidden className={styles.icon} />
      <div className={styles.lines}>
        <p>{children}</p>
      </div>
    </div>
  );
}
