/** A word on what was done, with a way back for a while. */
import { App, Button } from "antd";
import { asProblem } from "@/api/problem";
import { useWords } from "@/i18n";

const SECONDS = 10;

export function useUndo() {
  const { t, language } = useWords();
  const { notification } = App.useApp();
  const refused = (error: unknown) => {
    const problem = asProblem(error);
    const [title, description] = language === "zh" ? [problem.detail_zh, problem.hint_zh] : [problem.detail, problem.hint];
    notification.error({ title, description, placement: "bottomRight" });
  };
  const told = (title: string, undo?: () => Promise<unknown>) => {
    const key = `undo ${title}`;
    const act = () => {
      notification.destroy(key);
      undo?.().catch(refused);
    };
    notification.success({
      key,
      title,
      duration: SECONDS,
      placement: "bottomRight",
      actions: undo && (
        <Button size="small" onClick={act}>
          {t("shell.undo")}
        </Button>
      ),
    });
  };
  return { told, refused };
}
