/** What belongs to who is signed in: password, sessions, and keys for programs. */
import { useWords } from "@/i18n";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import { Can, useSession } from "@/ui/permissions";
import { Nothing } from "@/ui/states";
import { KeysPanel } from "./KeysPanel";
import { PasswordPanel } from "./PasswordPanel";
import { SessionsPanel } from "./SessionsPanel";

export default function AccountPage() {
  const { t } = useWords();
  const person = useSession()?.person;
  return (
    <>
      <PageHead title={t("people.account.title")} dated={false} note={person && `${person.name} · ${person.login} · ${t(`people.role.${person.role}`)}`} />
      {person ? (
        <div className="stack">
          <PasswordPanel person={person} />
          <SessionsPanel />
          <Can permission="keys.own">
            <KeysPanel />
          </Can>
        </div>
      ) : (
        <Panel>
          <Nothing title={t("people.account.nobody")} action={<PathLink path="/settings?tab=people">{t("people.title")}</PathLink>}>
            {t("people.account.nobodyWhat")}
          </Nothing>
        </Panel>
      )}
    </>
  );
}
