/** Who came and who went since the comparison day, with the base they rest on. */
import { useWords } from "@/i18n";
import { explain } from "./Explanations";
import { useFormat } from "./useFormat";

interface Props {
  came: number | null | undefined;
  went: number | null | undefined;
  since?: string | null;
}

export function Changes({ came, went, since }: Props) {
  const { t } = useWords();
  const { change } = useFormat();
  if (came === null || came === undefined || went === null || went === undefined) return null;
  const base = since ? t("shell.explain.since", { day: since }) : "";
  return (
    <span className="num small">
      <span className={came ? "up" : "muted"} {...explain(t("shell.explain.came"), base)}>
        {came ? change(came) : "+0"}
      </span>{" "}
      <span className={went ? "down" : "muted"} {...explain(t("shell.explain.went"), base)}>
        {went ? change(-went) : "−0"}
      </span>
    </span>
  );
}
