/** One definition: its versions, what set two of them apart, the way back, and what rests on it. */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { definitionsQuery, removedQuery, versionsQuery } from "@/api/definitions";
import type { DefinitionInForce, RemovedDefinition, Sort } from "@/api/types";
import { useWords } from "@/i18n";
import { MaskedMark } from "@/ui/MaskedMark";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import { Waiting, Wrong } from "@/ui/states";
import styles from "./Definitions.module.css";
import { DeleteButton } from "./DeleteButton";
import { SORTS, useCalled, workPlaceOf } from "./places";
import { RestoreButton } from "./RemovedTab";
import { UsagePanel } from "./UsagePanel";
import { Versions } from "./Versions";

export default function DefinitionPage() {
  const { t } = useWords();
  const called = useCalled();
  const given = useParams({ from: "/settings/definitions/$sort/$key" });
  const sort = SORTS.find((one) => one === given.sort);
  const all = useQuery(definitionsQuery);
  const gone = useQuery(removedQuery);
  const fits = (one: DefinitionInForce | RemovedDefinition) => one.sort === given.sort && one.key === given.key;
  const present = all.data?.find(fits);
  const removed = gone.data?.find(fits);
  const known = present ?? removed;
  const error = all.error ?? gone.error;
  return (
    <>
      <PageHead
        title={known ? called(known) : given.key}
        dated={false}
        note={
          <span className="row">
            <Link to="/settings/definitions">{t("definitions.title")}</Link>
            {known && <span>{[t(`definitions.one.${known.sort}`), known.key].join(" · ")}</span>}
          </span>
        }
        extra={<Deeds present={present} removed={removed} />}
      />
      {error && <Wrong error={error} />}
      {!sort && <p className="muted">{t("definitions.noSort", { sort: given.sort })}</p>}
      {sort && !error && !(all.data && gone.data) && (
        <Panel>
          <Waiting lines={8} />
        </Panel>
      )}
      {sort && all.data && gone.data && <Body sort={sort} name={given.key} present={present} removed={removed} />}
    </>
  );
}

interface Known {
  present: DefinitionInForce | undefined;
  removed: RemovedDefinition | undefined;
}

function Deeds({ present, removed }: Known) {
  const { t } = useWords();
  if (present?.masked || (!present && removed?.masked)) return <MaskedMark />;
  if (!present) return removed ? <RestoreButton one={removed} /> : null;
  return (
    <>
      <PathLink path={workPlaceOf(`${present.sort}/${present.key}`)}>{t(`definitions.open.${present.sort}`)}</PathLink>
      <DeleteButton one={present} />
    </>
  );
}

function Body({ sort, name, present, removed }: Known & { sort: Sort; name: string }) {
  const { t } = useWords();
  const house = present?.origin === "house" && !removed;
  const { data, error } = useQuery({ ...versionsQuery(sort, name), enabled: !house });
  return (
    <div className="stack">
      {removed && <p className="warn">{t(present ? "definitions.houseAgain" : "definitions.isRemoved")}</p>}
      {house && (
        <Panel>
          <p className="muted">{t("definitions.ofTheHouse")}</p>
        </Panel>
      )}
      {error && <Wrong error={error} />}
      {!house && !data && !error && <Waiting lines={8} />}
      {data && <Versions key={data.length} versions={data} present={present?.origin === "house" ? null : (present?.version ?? null)} fixed={present?.masked ?? false} />}
      <div className={styles.whole}>
        <UsagePanel place={`${sort}/${name}`} masked={present?.masked ?? false} />
      </div>
    </div>
  );
}
