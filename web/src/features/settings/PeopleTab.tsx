/** People: while nobody has to sign in, what that would give and how it begins; then who may, and what. */
import { useQuery } from "@tanstack/react-query";
import { peopleQuery } from "@/api/people";
import { useSession } from "@/ui/permissions";
import { Panel } from "@/ui/Panel";
import { Waiting, Wrong } from "@/ui/states";
import { EverybodysKeys } from "./EverybodysKeys";
import { PeoplePanel } from "./PeoplePanel";
import { RolesPanel } from "./RolesPanel";
import { SetUpPanel } from "./SetUpPanel";

export default function PeopleTab() {
  const session = useSession();
  const { data, error, refetch } = useQuery(peopleQuery);
  return (
    <div className="stack">
      {session?.needed === false && <SetUpPanel />}
      {error && <Wrong error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <Panel>
          <Waiting lines={6} />
        </Panel>
      )}
      {data && session?.person && <PeoplePanel list={data} me={session.person} />}
      {data && <RolesPanel list={data} />}
      {session?.person && <EverybodysKeys />}
    </div>
  );
}
