/** The sheet of keyboard shortcuts. */
import { Modal } from "antd";
import { useEffect, useState } from "react";
import { useWords } from "@/i18n";
import { DEEDS, keysOf } from "@/ui/rules/keys";
import { onKeys } from "@/ui/signals";
import styles from "./KeysSheet.module.css";
import { ROOMS } from "./rooms";

export function KeysSheet() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  useEffect(() => onKeys(() => setOpen(true)), []);
  const lines = [
    ...ROOMS.map((room) => ({ keys: ["g", room.letter], says: t(`shell.room.${room.key}`) })),
    { keys: ["⌘/Ctrl", "K"], says: t("shell.keys.search") },
    { keys: ["/"], says: t("shell.keys.search") },
    { keys: ["←", "→"], says: t("shell.keys.cut") },
    ...DEEDS.map((deed) => ({ keys: [keysOf(deed)], says: `${t("shell.keys.rule")} · ${t(deed === "undo" || deed === "redo" ? `rules.turn.${deed}` : `rules.deed.${deed}`)}` })),
    { keys: ["Esc"], says: t("shell.keys.close") },
    { keys: ["?"], says: t("shell.keys.title") },
  ];
  return (
    <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t("shell.keys.title")} width={440}>
      <dl className={styles.keys}>
        {lines.map(({ keys, says }) => (
          <div key={keys.join()} className={styles.line}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
