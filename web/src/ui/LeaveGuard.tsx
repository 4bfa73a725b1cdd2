/** Asks, before a page with unsaved changes is left, whether to stay; the browser asks before such a tab is closed. */
import { useBlocker } from "@tanstack/react-router";
import { Button, Modal } from "antd";
import { useWords } from "@/i18n";

interface Props {
  when: boolean;
  /** Whether a closed tab would lose the changes: they are not in its address. */
  lost: boolean;
  /** What becomes of the changes. */
  note: string;
}

export function LeaveGuard({ when, lost, note }: Props) {
  const { t } = useWords();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname,
    enableBeforeUnload: when && lost,
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
