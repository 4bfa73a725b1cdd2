/** Takes back what an import loaded, after asking; the whole console then shows the data without it. */
import { UndoOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { undoImport } from "@/api/commands";
import type { ImportRun } from "@/api/types";
import { useWords } from "@/i18n";
import { Can } from "@/ui/permissions";
import { Wrong } from "@/ui/states";

export function UndoButton({ run }: { run: ImportRun }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const undo = useMutation({
    mutationFn: () => undoImport(run.id),
    onSuccess: () => cache.invalidateQueries(),
  });
  return (
    <Can permission="data.undo">
      <Popconfirm
        title={t("data.undo.ask", { name: run.file_name })}
        description={t("data.undo.meaning")}
        okText={t("data.undo.yes")}
        cancelText={t("data.undo.no")}
        onConfirm={() => undo.mutate()}
      >
        <Button size="small" icon={<UndoOutlined />} loading={undo.isPending} aria-label={t("data.undo.label", { name: run.file_name })}>
          {t("data.undo.title")}
        </Button>
      </Popconfirm>
      {undo.error && <Wrong error={undo.error} compact />}
    </Can>
  );
}
