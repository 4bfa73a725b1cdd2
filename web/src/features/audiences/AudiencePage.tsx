/** One audience: how many, since when, by which rule, who came and went, and some of them. */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { audienceExportAddress } from "@/api/commands";
import { maskedName } from "@/api/problem";
import { audienceQuery, audienceSizesQuery } from "@/api/queries";
import type { AudienceNow } from "@/api/types";
import SizeHistory from "@/charts/SizeHistory";
import { useWords } from "@/i18n";
import { Changes } from "@/ui/Changes";
import { ExportButton } from "@/ui/ExportButton";
import { Few } from "@/ui/Few";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import { daysBefore, usePeriod } from "@/ui/period";
import { Can } from "@/ui/permissions";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { AudienceDeeds } from "./AudienceDeeds";
import { AudiencePortrait } from "./AudiencePortrait";
import styles from "./Audiences.module.css";
import { Members } from "./Members";
import { WhyMoved } from "./WhyMoved";

const WEEKS = 26;

export default function AudiencePage() {
  const { t } = useWords();
  const { key } = useParams({ from: "/audiences/$key" });
  const { say } = useFormat();
  const { asked } = usePeriod();
  const { data, error, refetch } = useQuery(audienceQuery(key, asked));
  const masked = maskedName(error);
  return (
    <>
      <PageHead
        title={data && !error ? say(data.audience.name) : masked ? say(masked) : key}
        note={<Link to="/audiences">{t("shell.room.audiences")}</Link>}
        says={!error && data?.audience.description ? <span className="muted">{data.audience.description}</span> : undefined}
        extra={
          data && !error && (
            <>
              <ExportButton permission="customers.export" total={data.audience.customers ?? 0} address={(format) => audienceExportAddress(key, asked.as_of, format)} />
              <Can permission="audiences.write">
                <AudienceDeeds now={data} />
              </Can>
            </>
          )
        }
      />
      {error && <Wrong error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <Panel>
          <Waiting lines={10} />
        </Panel>
      )}
      {data && !error && (
        <div className={styles.two}>
          <div className="stack">
            <Size now={data} />
            <WhyMoved now={data} />
          </div>
          <div className="stack">
            <Definition now={data} />
            <Members now={data} />
          </div>
          <div className={styles.whole}>
            <AudiencePortrait now={data} />
          </div>
        </div>
      )}
    </>
  );
}

function Size({ now }: { now: AudienceNow }) {
  const { t } = useWords();
  const { title, number, share } = useFormat();
  const { audience, period } = now;
  const sizes = useQuery({
    ...audienceSizesQuery(audience.key, { start: daysBefore(period.as_of, WEEKS * 7), end: period.as_of }),
    enabled: audience.problem === null,
  });
  if (audience.problem)
    return (
      <Panel>
        <p className="warn">{title(audience.problem)}</p>
      </Panel>
    );
  return (
    <Panel>
      <p className={styles.count}>
        <b data-testid="count">{number(audience.customers)}</b> <span className="muted">{t("audiences.one.share", { share: share(audience.share), day: period.as_of })}</span>{" "}
        <Changes came={now.entered} went={now.left} since={period.compare} />
      </p>
      <p>
        <Few customers={audience.customers ?? 0} />
      </p>
      {sizes.error && <Wrong error={sizes.error} compact />}
      {!sizes.data && !sizes.error && <Waiting lines={6} />}
      {sizes.data && <SizeHistory sizes={sizes.data} />}
      {sizes.data?.notes.map((note) => (
        <p key={note.en} className="muted small">
          {title(note)}
        </p>
      ))}
    </Panel>
  );
}

function Definition({ now }: { now: AudienceNow }) {
  const { t } = useWords();
  const { title, instant } = useFormat();
  return (
    <Panel title={t("audiences.one.rule")}>
      <div className="stack">
        <p className={styles.said}>{title(now.audience.said)}</p>
        {now.used_by.length > 0 && (
          <p className="small">
            {t("audiences.one.usedBy")}{" "}
            {now.used_by.map((key) => (
              <PathLink key={key} path={`/audiences/${key}`}>
                {key}{" "}
              </PathLink>
            ))}
          </p>
        )}
        <p className="small">
          <PathLink path={`/settings/definitions/audiences/${now.audience.key}`}>{t("audiences.one.definition")}</PathLink>
        </p>
        <details>
          <summary>{t("audiences.one.versions", { count: now.versions.length })}</summary>
          <ol className={styles.versions}>
            {[...now.versions].reverse().map((one) => (
              <li key={one.version}>
                <p>
                  <b>{t("audiences.list.version", { version: one.version })}</b>{" "}
                  <span className="muted small">
                    {one.by} · {instant(one.at)}
                  </span>
                </p>
                <p className="small">{title(one.said)}</p>
              </li>
            ))}
          </ol>
        </details>
      </div>
    </Panel>
  );
}
