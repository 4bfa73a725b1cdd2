/** The test of a split: how much of an outcome the layers explain, in words, in a picture and in numbers. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Segmented } from "antd";
import { cataloguedQuery, splitQuery } from "@/api/queries";
import type { LayeringNow, SplitTested, TraitInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { Notes } from "@/ui/Notes";
import { daysBetween } from "@/ui/period";
import { Refused } from "@/ui/Refused";
import { parted } from "@/ui/rules/condition";
import { TraitField } from "@/ui/rules/TraitField";
import { Nothing, Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { SplitPicture } from "./SplitPicture";
import styles from "./SplitTab.module.css";
import { askedOf, daysAhead, OUTCOME, whenOf, type When } from "./splitTest";

export default function SplitTab({ now }: { now: LayeringNow }) {
  const { t } = useWords();
  const search = useSearch({ from: "/layerings/$key" });
  const known = useQuery(cataloguedQuery);
  const outcome = search.outcome ?? OUTCOME;
  const when = whenOf(search.when);
  const traits = (known.data ?? []).filter((trait) => trait.unit !== "date");
  const { days } = parted(outcome, (name) => traits.some((trait) => trait.key === name));
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...splitQuery(now.summary.key, askedOf(outcome, when.value, now.period.as_of, days)),
    placeholderData: keepPreviousData,
  });
  const tested = error ? undefined : data;
  return (
    <div className="stack">
      <Refused items={when.wrong ? [{ name: "when", given: when.wrong, instead: t("layerings.split.refusedWhen") }] : []} />
      <Choices outcome={outcome} days={days} traits={traits} when={when.value ?? (tested && shownWhen(tested))} />
      {error && <Wrong error={error} onRetry={() => void refetch()} />}
      {!tested && !error && <Waiting lines={12} label={t("layerings.split.waiting")} />}
      {isPlaceholderData && <p className="muted small" role="status">{t("layerings.split.waiting")}</p>}
      {tested && (
        <>
          <Verdict tested={tested} />
          {tested.customers === 0 ? (
            <>
              <Nothing title={t("layerings.split.nobody")}>{t("layerings.split.nobodyHow")}</Nothing>
              <Notes notes={tested.notes} />
            </>
          ) : (
            <SplitPicture tested={tested} now={now} />
          )}
        </>
      )}
    </div>
  );
}

function shownWhen(tested: SplitTested): When {
  return tested.as_of < tested.outcome_at ? "later" : "same";
}

interface Chosen {
  outcome: string;
  days: number | null;
  traits: TraitInfo[];
  when: When | undefined;
}

function Choices({ outcome, days, traits, when }: Chosen) {
  const { t } = useWords();
  const navigate = useNavigate({ from: "/layerings/$key" });
  const put = (next: { outcome?: string; when?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  return (
    <div className={styles.choices}>
      <div className={styles.outcome} {...explain(t("layerings.split.outcome"), t("layerings.split.outcomeIs"))}>
        <TraitField label={t("layerings.split.outcome")} value={outcome} traits={traits} onChange={(next) => put({ outcome: next })} />
      </div>
      <Segmented<string>
        aria-label={t("layerings.split.when")}
        value={when ?? ""}
        options={[
          { value: "later", label: t("layerings.split.later", { count: daysAhead(days) }) },
          { value: "same", label: t("layerings.split.same") },
        ]}
        onChange={(next) => put({ when: next })}
      />
    </div>
  );
}

/** The effect as a word and a sentence, and its numbers. */
function Verdict({ tested }: { tested: SplitTested }) {
  const { t } = useWords();
  const { say, title, number } = useFormat();
  const days = { from: tested.as_of, to: tested.outcome_at };
  const later = daysBetween(tested.as_of, tested.outcome_at) > 0;
  return (
    <div>
      <p className={styles.verdict} data-verdict={tested.verdict} role="status">
        {title(tested.verdict_words)}
      </p>
      <p>{say(tested.sentence)}</p>
      <p className="muted small">{t(later ? "layerings.split.laterIs" : "layerings.split.sameIs", days)}</p>
      <dl className={styles.sums}>
        <Figures tested={tested} />
        <div {...explain(t("layerings.split.baseIs"))} tabIndex={0}>
          <dt className="muted small">{t("layerings.split.base")}</dt>
          <dd>{number(tested.customers)}</dd>
        </div>
      </dl>
    </div>
  );
}

function Figures({ tested }: { tested: SplitTested }) {
  const { t } = useWords();
  const { share } = useFormat();
  const ofNumber = tested.measure === "omega_squared";
  const read = (value: number) => (ofNumber ? share(value) : value.toFixed(2));
  const { effect, low, high, by_rank, p } = tested;
  const level = share(tested.level).replace(".0", "");
  const name = ofNumber ? "omega" : "cramer";
  const figures: [string, string, string | null][] = [
    [t(`layerings.split.${name}`), t(`layerings.split.${name}Is`), effect === null ? null : read(effect)],
    [t("layerings.split.interval", { level }), t("layerings.split.intervalIs"), low === null || high === null ? null : `${read(low)} – ${read(high)}`],
    [t("layerings.split.byRank"), t("layerings.split.byRankIs"), by_rank === null ? null : read(by_rank)],
    [t("layerings.split.p"), t("layerings.split.pIs"), p === null ? null : p < 0.001 ? "< 0.001" : p.toFixed(3)],
  ];
  return figures.map(([heading, meaning, value]) =>
    value === null ? null : (
      <div key={heading} {...explain(heading, meaning)} tabIndex={0}>
        <dt className="muted small">{heading}</dt>
        <dd>{value}</dd>
      </div>
    ),
  );
}
