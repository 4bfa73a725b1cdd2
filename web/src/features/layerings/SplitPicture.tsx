/** The outcome by layer: means with their intervals, or the shares of each value; all of it as a table, too. */
import type { LayeringNow, LayerOutcome, SplitTested } from "@/api/types";
import { ChartFrame } from "@/charts/ChartFrame";
import { LayerTag } from "@/charts/LayerTag";
import { hues, paints, type Paint } from "@/charts/palette";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useLook } from "@/ui/look";
import { Notes } from "@/ui/Notes";
import { useFormat } from "@/ui/useFormat";
import styles from "./SplitTab.module.css";
import { partsOf, placeOf, scaleOf, totalsOf, type Part } from "./splitTest";

/** Values with a colour of their own. */
const MOST = 8;

export function SplitPicture({ tested, now }: { tested: SplitTested; now: LayeringNow }) {
  const { t } = useWords();
  const { title } = useFormat();
  const { look } = useLook();
  const table = useTable(tested);
  const held = tested.layers.filter((one) => one.customers > 0);
  const painted = paints(tested.layers.map((one) => one.layer), look);
  const heading = t("layerings.split.chart", { name: title(tested.outcome.name) });
  return (
    <ChartFrame title={heading} name={`${now.summary.key}-${tested.outcome.trait}`} table={table} level={3}>
      {tested.measure === "omega_squared" ? <Means tested={tested} held={held} painted={painted} /> : <Shares tested={tested} held={held} painted={painted} />}
      <Notes notes={tested.notes} />
    </ChartFrame>
  );
}

interface Lines {
  tested: SplitTested;
  held: LayerOutcome[];
  painted: Record<string, Paint>;
}

const percent = (place: number) => `${(place * 100).toFixed(2)}%`;

function Means({ tested, held, painted }: Lines) {
  const { t } = useWords();
  const { trait: read, share, number, say } = useFormat();
  const scale = scaleOf(held);
  const { outcome } = tested;
  const zero = placeOf(0, scale);
  const level = share(tested.level).replace(".0", "");
  const round = (value: number) => (outcome.unit === "money" || outcome.unit === "share" ? value : Number(value.toFixed(1)));
  const says = (one: LayerOutcome) =>
    explain(
      say(one.layer.name),
      one.mean !== null && t("layerings.split.meanIs", { mean: read(outcome, round(one.mean)), median: read(outcome, one.median) }),
      one.low !== null && one.high !== null
        ? t("layerings.split.meanIn", { level, low: read(outcome, round(one.low)), high: read(outcome, round(one.high)) })
        : t("layerings.split.few"),
      t("layerings.split.restsOn", { count: one.valued, n: number(one.valued) }),
    );
  return (
    <>
      <ul className={styles.lines}>
        {held.map((one) => (
          <li key={one.layer.key} className={styles.line} tabIndex={0} {...says(one)}>
            <LayerTag layer={one.layer} paint={painted[one.layer.key]} />
            <span className={styles.track} aria-hidden>
              {one.mean !== null && <Bar one={one} fill={painted[one.layer.key]?.fill} zero={zero} place={(value) => placeOf(value, scale)} />}
              {tested.mean !== null && <span className={styles.all} style={{ left: percent(placeOf(tested.mean, scale)) }} />}
            </span>
            <b className={styles.value}>{one.mean === null ? "–" : read(outcome, round(one.mean))}</b>
          </li>
        ))}
      </ul>
      {tested.mean !== null && <p className="muted small">{t("layerings.split.all", { mean: read(outcome, round(tested.mean)) })}</p>}
    </>
  );
}

function Bar({ one, fill, zero, place }: { one: LayerOutcome; fill: string | undefined; zero: number; place: (value: number) => number }) {
  const end = place(one.mean ?? 0);
  return (
    <>
      <span className={styles.bar} style={{ left: percent(Math.min(zero, end)), width: percent(Math.abs(end - zero)), background: fill }} />
      {one.low !== null && one.high !== null && (
        <span className={styles.whisker} style={{ left: percent(place(one.low)), width: percent(place(one.high) - place(one.low)) }} />
      )}
    </>
  );
}

function Shares({ tested, held, painted }: Lines) {
  const { t } = useWords();
  const { look } = useLook();
  const { title, share, number, say } = useFormat();
  const colours = hues(look);
  const fill = ({ value }: Part) => (value === null ? "var(--track)" : (colours[value % colours.length] as string));
  const name = ({ value }: Part) => (value === null ? t("layerings.split.rest") : title(tested.values[value]?.name ?? { zh: "", en: "" }));
  const all = totalsOf(held, tested.values, MOST);
  const everyone = tested.customers || 1;
  return (
    <>
      <ul className={styles.legend}>
        {all.map((part) => (
          <li key={name(part)}>
            <span className={styles.dot} style={{ background: fill(part) }} aria-hidden />
            {name(part)}
          </li>
        ))}
      </ul>
      <ul className={styles.lines}>
        {held.map((one) => (
          <li key={one.layer.key} className={styles.line}>
            <LayerTag layer={one.layer} paint={painted[one.layer.key]} />
            <span className={styles.stack}>
              {partsOf(one, tested.values, MOST).map((part, at) =>
                part.count === 0 ? null : (
                  <span
                    key={name(part)}
                    tabIndex={0}
                    role="img"
                    aria-label={`${name(part)} ${share(part.count / one.valued)}`}
                    style={{ width: percent(part.count / one.valued), background: fill(part) }}
                    {...explain(
                      `${say(one.layer.name)} · ${name(part)} ${number(part.count)}`,
                      t("layerings.split.cell", { share: share(part.count / one.valued), shareAll: share((all[at]?.count ?? 0) / everyone) }),
                      t("layerings.split.restsOn", { count: one.valued, n: number(one.valued) }),
                    )}
                  />
                ),
              )}
            </span>
            <span className={`muted small ${styles.value}`}>{number(one.valued)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Every layer with all that is known of its outcome, for reading and for saving. */
function useTable(tested: SplitTested) {
  const { t } = useWords();
  const { say } = useFormat();
  const rounded = (value: number | null) => (value === null ? null : Number(value.toPrecision(8)));
  const ofNumber = tested.measure === "omega_squared";
  return {
    columns: [
      t("charts.layer"), t("charts.customers"), t("layerings.split.valued"),
      ...(ofNumber
        ? [t("layerings.split.mean"), t("layerings.split.low"), t("layerings.split.high"), t("layerings.split.median")]
        : tested.values.map((value) => say(value.name))),
    ],
    rows: tested.layers.map((one) => [
      say(one.layer.name), one.customers, one.valued,
      ...(ofNumber ? [rounded(one.mean), rounded(one.low), rounded(one.high), rounded(one.median)] : one.counts),
    ]),
  };
}
