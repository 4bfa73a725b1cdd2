/** The password for somebody's first time, told this once. */
import { Button, Modal } from "antd";
import type { AddedPerson } from "@/api/types";
import { useWords } from "@/i18n";
import { ShownOnce } from "@/ui/ShownOnce";

export function PasswordModal({ added, onClose }: { added: AddedPerson; onClose: () => void }) {
  const { t } = useWords();
  const { name, login } = added.person;
  return (
    <Modal open title={t("people.once.of", { name })} maskClosable={false} onCancel={onClose} footer={<Button type="primary" onClick={onClose}>{t("people.done")}</Button>}>
      <div className="stack">
        <p>{t("people.once.tell", { login })}</p>
        <ShownOnce label={t("people.password.once")} secret={added.password} note={t("people.once.note")} />
      </div>
    </Modal>
  );
}
