/** Something secret that is shown this once: to be copied, with a word that it never comes again. */
import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useRef, useState } from "react";
import { useWords } from "@/i18n";
import { copyText } from "./copyText";
import styles from "./ShownOnce.module.css";

export function ShownOnce({ label, secret, note }: { label: string; secret: string; note: string }) {
  const { t } = useWords();
  const shown = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const select = () => shown.current?.select();
  const copy = async () => {
    // Where the browser gives no clipboard, it stands selected.
    await copyText(secret).then(() => setCopied(true), () => undefined);
    select();
  };
  return (
    <div className={styles.once}>
      <label className="muted small" htmlFor="shown-once">{label}</label>
      <div className={styles.line}>
        <input id="shown-once" ref={shown} readOnly className={styles.secret} value={secret} onFocus={select} />
        <Button icon={copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />} onClick={() => void copy()}>
          {t(copied ? "people.once.copied" : "people.once.copy")}
        </Button>
      </div>
      <p className="small">{note}</p>
    </div>
  );
}
