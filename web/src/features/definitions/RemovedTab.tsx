/** What was removed: its versions are kept, and the last one comes back by a button. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { refreshAll, removedQuery, restoreDefinition } from "@/api/definitions";
import type { RemovedDefinition } from "@/api/types";
import { useWords } from "@/i18n";
import { Actor } from "@/ui/Actor";
import { MaskedMark } from "@/ui/MaskedMark";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { useUndo } from "@/ui/useUndo";
import { pageOf, useCalled } from "./places";

export function RemovedTab() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(removedQuery);
  return (
    <Panel>
      {error && <Wrong error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting lines={4} />}
      {data?.length === 0 && <p className="muted">{t("definitions.removed.none")}</p>}
      {data && data.length > 0 && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t("definitions.tab.removed")}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("definitions.column.name")}</th>
                <th scope="col">{t("definitions.column.sort")}</th>
                <th scope="col" className="right">{t("definitions.removed.last")}</th>
                <th scope="col">{t("definitions.removed.at")}</th>
                <th scope="col">{t("definitions.removed.by")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {data.map((one) => (
                <Row key={`${one.sort}/${one.key}`} one={one} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function Row({ one }: { one: RemovedDefinition }) {
  const { t } = useWords();
  const { number, instant } = useFormat();
  const called = useCalled();
  return (
    <tr>
      <td>
        <PathLink path={pageOf(one)}>{called(one)}</PathLink> <span className="muted small">{one.key}</span>
      </td>
      <td>{t(`definitions.sort.${one.sort}`)}</td>
      <td className="right">{number(one.version)}</td>
      <td className="num muted">{one.at ? instant(one.at) : "–"}</td>
      <td className="muted">{one.by ? <Actor actor={one.by} /> : "–"}</td>
      <td className="right">
        {one.masked ? <MaskedMark /> : <RestoreButton one={one} />}
      </td>
    </tr>
  );
}

export function RestoreButton({ one }: { one: RemovedDefinition }) {
  const { t } = useWords();
  const called = useCalled();
  const { told, refused } = useUndo();
  const cache = useQueryClient();
  const restore = useMutation({
    mutationFn: () => restoreDefinition(one.sort, one.key, null, null),
    onSuccess: (back) => {
      refreshAll(cache);
      told(t("definitions.removed.back", { name: called(one), version: back.version }));
    },
    onError: refused,
  });
  return (
    <Button size="small" loading={restore.isPending} onClick={() => restore.mutate()}>
      {t("definitions.removed.restore")}
    </Button>
  );
}
