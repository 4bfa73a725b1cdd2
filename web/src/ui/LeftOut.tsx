/** How many the rule of the workspace leaves out of what is seen; nothing where there is no rule. */
import { useQuery } from "@tanstack/react-query";
import { populationQuery } from "@/api/population";
import { workspaceQuery } from "@/api/queries";
import { useWords } from "@/i18n";
import { explain } from "./Explanations";
import { PathLink } from "./PathLink";
import { usePeriod } from "./period";
import styles from "./PeriodBar.module.css";
import { useFormat } from "./useFormat";

export function LeftOut() {
  const { t } = useWords();
  const { number, title } = useFormat();
  const { asked } = usePeriod();
  const workspace = useQuery(workspaceQuery).data;
  const { data } = useQuery({ ...populationQuery(asked.as_of), enabled: workspace?.excludes === true && workspace.default_as_of !== null });
  if (!workspace?.excludes || !data?.said) return null;
  const why = t("shell.leftOut.why", { rule: title(data.said), n: number(data.everyone) });
  return (
    <span className={styles.leftOut} data-testid="left-out" {...explain(why)}>
      <PathLink path="/settings">{t("shell.leftOut.count", { count: data.excluded, n: number(data.excluded) })}</PathLink>
    </span>
  );
}
