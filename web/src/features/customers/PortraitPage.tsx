/** The portrait of one customer. */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { layeringsQuery, portraitQuery } from "@/api/queries";
import type { Portrait } from "@/api/types";
import { LayerTag } from "@/charts/LayerTag";
import { paints } from "@/charts/palette";
import { useWords } from "@/i18n";
import { Aside } from "@/ui/Aside";
import { useLook } from "@/ui/look";
import { MaskedMark } from "@/ui/MaskedMark";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { usePeriod } from "@/ui/period";
import { Can } from "@/ui/permissions";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { CustomerTags } from "./CustomerTags";
import { KnowingPanel } from "./KnowingPanel";
import { NotesPanel } from "./NotesPanel";
import styles from "./Portrait.module.css";
import { PrivacyMenu } from "./PrivacyMenu";
import { StaffInCharge } from "./StaffInCharge";
import { Strips } from "./Strips";
import { Timeline } from "./Timeline";
import { TraitMarks } from "./TraitMarks";
import { Why } from "./Why";

export default function PortraitPage() {
  const { t } = useWords();
  const { customerId } = useParams({ from: "/customers/$customerId" });
  const { asked } = usePeriod();
  const { data, error, refetch } = useQuery(portraitQuery(customerId, asked));
  return (
    <>
      <PageHead
        title={data?.name ?? customerId}
        note={
          <span className="row">
            <Link to="/customers">{t("shell.room.customers")}</Link>
            {data?.name && <span>{customerId}</span>}
            {data && <Badges portrait={data} />}
            {data && <StaffInCharge customerId={customerId} />}
            {data && <CustomerTags customerId={customerId} />}
          </span>
        }
        extra={data && <PrivacyMenu customerId={customerId} />}
      />
      {error && <Wrong error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <Panel>
          <Waiting lines={14} />
        </Panel>
      )}
      {data && <Body portrait={data} />}
    </>
  );
}

/** Where each layering has them, the facts that have no date, and who they are in other systems. */
function Badges({ portrait }: { portrait: Portrait }) {
  const { t } = useWords();
  const { look } = useLook();
  const { say, title } = useFormat();
  const { asked } = usePeriod();
  const { data } = useQuery(layeringsQuery(asked.as_of));
  const painted = (layering: string) => paints(data?.find((one) => one.key === layering)?.layers ?? [], look);
  return (
    <>
      {portrait.layers.slice(0, 3).map((one) => (
        <span key={one.layering} title={say(one.name)} className={styles.badge}>
          <LayerTag layer={one.layer} paint={painted(one.layering)[one.layer.key]} />
        </span>
      ))}
      {portrait.facts.map((fact) => (
        <span key={fact.key}>
          {title(fact.name)} <span className={styles.fact}>{say(fact.value)}</span>
        </span>
      ))}
      {portrait.identities.map((one) => (
        <span key={`${one.source} ${one.source_id}`}>
          {t(`customers.source.${one.source}`, { defaultValue: one.source })} <span className={styles.fact}>{one.source_id}</span>
        </span>
      ))}
    </>
  );
}

/** The layerings that rest on personal data: that there are such, not where the customer is. */
function Hidden({ masked }: { masked: Portrait["masked"] }) {
  const { t } = useWords();
  const { say } = useFormat();
  return (
    <Panel label={t("shell.masked.mark")}>
      <p data-testid="masked">
        <MaskedMark /> {t("customers.maskedLayerings", { names: masked.map((one) => say(one.name)).join(t("shell.masked.and")) })}
      </p>
    </Panel>
  );
}

function Body({ portrait }: { portrait: Portrait }) {
  const { t } = useWords();
  return (
    <div className={styles.page}>
      {portrait.left_out ? <Aside>{t(`customers.leftOut.${portrait.left_out}`)}</Aside> : <Strips portrait={portrait} />}
      <div className={styles.two}>
        <div className="stack">
          {!portrait.left_out && <Why layers={portrait.layers} />}
          {portrait.masked.length > 0 && <Hidden masked={portrait.masked} />}
          <Can permission="customers.personal">
            <KnowingPanel customerId={portrait.customer_id} />
          </Can>
          <Can permission="customers.personal">
            <NotesPanel customerId={portrait.customer_id} />
          </Can>
        </div>
        <div className="stack">
          <TraitMarks marks={portrait.traits} />
          <Timeline portrait={portrait} />
        </div>
      </div>
    </div>
  );
}
