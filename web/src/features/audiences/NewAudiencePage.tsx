/** An audience in the making: the rule at the left, at the right who meets it. */
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { audienceQuery, cataloguedQuery, workspaceQuery } from "@/api/queries";
import type { AudienceInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import { usePeriod } from "@/ui/period";
import { Refused } from "@/ui/Refused";
import { LEAVES } from "@/ui/rules/leaves";
import { RuleBuilder } from "@/ui/rules/RuleBuilder";
import type { Rule } from "@/ui/rules/tree";
import { Nothing, Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { AnswerPanel } from "./AnswerPanel";
import styles from "./Audiences.module.css";
import { BLANK, STARTS } from "./starts";
import { useDraft } from "./useDraft";
import { useSelection } from "./useSelection";

export default function NewAudiencePage() {
  const { t } = useWords();
  const { say } = useFormat();
  const { asked } = usePeriod();
  const { edit } = useSearch({ from: "/audiences/new" });
  const workspace = useQuery(workspaceQuery);
  const edited = useQuery({ ...audienceQuery(edit ?? "", asked), enabled: edit !== undefined }).data?.audience ?? null;
  const empty = workspace.data?.default_as_of === null;
  return (
    <>
      <PageHead title={edited ? t("audiences.new.editing", { name: say(edited.name) }) : t("shell.page.newAudience")} dated={!empty} says={<span className="muted">{t("audiences.new.says")}</span>} />
      {empty ? (
        <Panel>
          <Nothing title={t("audiences.noData.title")} action={<PathLink path="/data">{t("shell.toData")}</PathLink>}>
            {t("audiences.noData.what")}
          </Nothing>
        </Panel>
      ) : (
        <Building of={edited} />
      )}
    </>
  );
}

function Building({ of }: { of: AudienceInfo | null }) {
  const { t } = useWords();
  const { asked } = usePeriod();
  const { rule, change, wrong } = useDraft();
  const traits = useQuery(cataloguedQuery);
  const selecting = useSelection(rule, asked.as_of);
  return (
    <div className="stack">
      <Refused items={wrong ? [{ name: "rule", given: wrong.slice(0, 60), instead: t("audiences.new.noRule") }] : []} />
      <div className={styles.two}>
        <Panel label={t("rules.place.group")}>
          {traits.error && <Wrong error={traits.error} onRetry={() => void traits.refetch()} />}
          {!traits.data && !traits.error && <Waiting lines={8} />}
          {traits.data && rule && (
            <RuleBuilder label={t("rules.place.group")} rule={rule} onChange={change} traits={traits.data} kinds={LEAVES} wrong={selecting.wrong} />
          )}
          {traits.data && !rule && <Starts onStart={change} />}
        </Panel>
        <AnswerPanel selecting={selecting} as_of={asked.as_of} of={of} />
      </div>
    </div>
  );
}

function Starts({ onStart }: { onStart: (rule: Rule) => void }) {
  const { t } = useWords();
  return (
    <div className={styles.starts}>
      <h2 className={styles.startsTitle}>{t("audiences.start.title")}</h2>
      <p className="muted">{t("audiences.start.what")}</p>
      <ul className={styles.startList}>
        {STARTS.map(({ key, rule }) => (
          <li key={key}>
            <button type="button" className={styles.start} onClick={() => onStart(structuredClone(rule))}>
              <b>{t(`audiences.start.${key}.name`)}</b>
              <span className="muted small">{t(`audiences.start.${key}.what`)}</span>
            </button>
          </li>
        ))}
      </ul>
      <div>
        <Button onClick={() => onStart(structuredClone(BLANK))}>{t("audiences.start.blank")}</Button>
      </div>
    </div>
  );
}
