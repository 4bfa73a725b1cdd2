/** Asks, before a page with unsaved changes is left, whether to stay. */
import { useBlocker } from "@tanstack/react-router";
import { Button, Modal } from "antd";
import { useWords } from "@/i18n";

interface Props {
  when: boolean;
  /** What becomes of the changes. */
  note: string;
}

export function LeaveGuard({ when, note }: Props) {
  const { t } = useWords();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname,
    enableBeforeUnload: false,
    withResolver: true,
  });
  return (
    <Modal
      open={status === "blocked"}
      title={t("shell.leave.title")}
      onCancel={reset}
      footer={[
        <Button key="leave" onClick={proceed}>
          {t("shell.leave.go")}
        </Button>,
        <Button key="stay" type="primary" autoFocus onClick={reset}>
          {t("shell.leave.stay")}
        </Button>,
      ]}
    >
      {note}
    </Modal>
  );
}
