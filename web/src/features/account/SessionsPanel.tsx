/** The browsers in which one is signed in, each with its end. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { endSession, sessionsQuery } from "@/api/session";
import type { SessionInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { Panel } from "@/ui/Panel";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { useSignOut } from "@/ui/useSignOut";
import { browserOf } from "./agent";

export function SessionsPanel() {
  const { t } = useWords();
  const { instant } = useFormat();
  const { data, error, refetch } = useQuery(sessionsQuery);
  return (
    <Panel title={t("people.sessions.title")} note={t("people.sessions.note")} extra={<EndAll />}>
      {error && <Wrong error={error} onRetry={() => void refetch()} compact />}
      {!data && !error && <Waiting lines={3} />}
      {data && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t("people.sessions.title")}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("people.sessions.browser")}</th>
                <th scope="col">{t("people.sessions.begun")}</th>
                <th scope="col">{t("people.sessions.seen")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {data.map((session) => (
                <tr key={session.id}>
                  <td className="num" {...explain(session.agent)}>
                    {browserOf(session.agent)} {session.current && <b className="up small">{t("people.sessions.this")}</b>}
                  </td>
                  <td className="num muted">{instant(session.made_at)}</td>
                  <td className="num muted">{instant(session.seen_at)}</td>
                  <td className="right">
                    <End session={session} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function End({ session }: { session: SessionInfo }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const leave = useSignOut();
  const end = useMutation({
    mutationFn: () => endSession(session.id),
    onSuccess: () => cache.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <>
      <Button size="small" loading={end.isPending || leave.isPending} aria-label={`${t("people.signOut")}: ${browserOf(session.agent)}`} onClick={() => (session.current ? leave : end).mutate()}>
        {t("people.signOut")}
      </Button>
      {end.error && <Wrong error={end.error} compact />}
    </>
  );
}

function EndAll() {
  const { t } = useWords();
  const leave = useSignOut(true);
  return (
    <Popconfirm title={t("people.sessions.allAsk")} description={t("people.sessions.allWhat")} okText={t("people.sessions.all")} cancelText={t("people.cancel")} onConfirm={() => leave.mutate()}>
      <Button loading={leave.isPending}>{t("people.sessions.all")}</Button>
    </Popconfirm>
  );
}
