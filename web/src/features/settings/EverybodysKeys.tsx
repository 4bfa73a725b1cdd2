/** All keys of the workspace, whoever made them. */
import { useQuery } from "@tanstack/react-query";
import { keysQuery } from "@/api/people";
import { useWords } from "@/i18n";
import { KeyTable } from "@/ui/KeyTable";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import { Waiting, Wrong } from "@/ui/states";

export function EverybodysKeys() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(keysQuery(true));
  return (
    <Panel title={t("people.keys.all")} extra={<PathLink path="/account">{t("people.keys.toMine")}</PathLink>}>
      {error && <Wrong error={error} onRetry={() => void refetch()} compact />}
      {!data && !error && <Waiting lines={3} />}
      {data && <KeyTable keys={data} owners />}
    </Panel>
  );
}
