/** A group against everybody: each trait as bars of shares with the TGI of each value beside them, the most telling first. */
import type { GroupPortrait, PortraitBin, TraitPortrait } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useLook } from "@/ui/look";
import { Notes } from "@/ui/Notes";
import { useFormat } from "@/ui/useFormat";
import { ChartFrame } from "./ChartFrame";
import { drawPortrait, heightOf, WIDTH } from "./drawPortrait";
import styles from "./PortraitBars.module.css";
import { shareEnd, side, tgiEnd, tgiPlace } from "./portraitParts";
import { canvasPng } from "./save";

interface Props {
  portrait: GroupPortrait;
  /** Those of its traits that are shown. */
  traits: TraitPortrait[];
  name: string;
}

const percent = (place: number) => `${(place * 100).toFixed(2)}%`;

export function PortraitBars({ portrait, traits, name }: Props) {
  const { t } = useWords();
  const { tokens } = useLook();
  const { say, title, share, number } = useFormat();
  const table = useTable(traits);
  const said = { title: (one: TraitPortrait) => title(one.trait.name), sentence: (one: TraitPortrait) => say(one.sentence), name: say, share, number };
  const picture = () => canvasPng(WIDTH, heightOf(traits), tokens.panel, (context) => drawPortrait(context, traits, tokens, said));
  return (
    <ChartFrame title={t("charts.portrait.title", { name: say(portrait.name) })} name={name} table={table} picture={picture} level={3}>
      <ul className={styles.legend} aria-hidden>
        <li className={styles.inside}>{t("charts.portrait.inside")}</li>
        <li className={styles.everyone}>{t("charts.portrait.everyone")}</li>
        <li className={styles.index}>{t("charts.portrait.index", { level: share(portrait.level).replace(".0", "") })}</li>
      </ul>
      {traits.map((one) => (
        <Trait key={one.trait.trait} one={one} end={tgiEnd(traits)} level={portrait.level} />
      ))}
      <Notes notes={portrait.notes} />
    </ChartFrame>
  );
}

function Trait({ one, end, level }: { one: TraitPortrait; end: number; level: number }) {
  const { t } = useWords();
  const { say, title, trait: read, meaning } = useFormat();
  const { inside, everyone } = one;
  const effect = one.effect === null ? null : t("charts.portrait.effect", { effect: one.effect.toFixed(2) });
  const middles =
    everyone.mean !== null &&
    t("charts.portrait.middles", {
      mean: read(one.trait, rounded(inside.mean)), meanAll: read(one.trait, rounded(everyone.mean)),
      median: read(one.trait, rounded(inside.median)), medianAll: read(one.trait, rounded(everyone.median)),
    });
  return (
    <section className={styles.trait}>
      <h4 className={styles.name} tabIndex={0} {...explain(say(one.trait.name), meaning(one.trait), effect && t("charts.portrait.effectIs"), one.p !== null && t("charts.portrait.p", { p: one.p < 0.001 ? "< 0.001" : one.p.toFixed(3) }))}>
        {title(one.trait.name)}
        {effect && <span className="muted small">{effect}</span>}
        {one.drawn_by && <span className="muted small">{t("charts.portrait.drawnBy")}</span>}
      </h4>
      <p>{say(one.sentence)}</p>
      {middles && <p className="muted small">{middles}</p>}
      <ul className={styles.bins}>
        {one.bins.map((bin) => (
          <Bin key={say(bin.name) + bin.kind} bin={bin} widest={shareEnd(one)} end={end} level={level} />
        ))}
      </ul>
    </section>
  );
}

const rounded = (value: number | string | null) => (typeof value === "number" ? Number(value.toFixed(2)) : value);

function Bin({ bin, widest, end, level }: { bin: PortraitBin; widest: number; end: number; level: number }) {
  const { t } = useWords();
  const { say, share, number } = useFormat();
  const { tgi, tgi_low: low, tgi_high: high } = bin;
  const known = tgi !== null && low !== null && high !== null;
  const interval = known && { level: share(level).replace(".0", ""), low: number(Math.round(low)), high: number(Math.round(high)) };
  const says = explain(
    say(bin.name),
    t("charts.portrait.shares", { share: share(bin.share_inside), n: number(bin.inside), shareAll: share(bin.share), nAll: number(bin.everyone) }),
    interval && t("charts.portrait.tgiIs", { tgi: number(Math.round(tgi ?? 0)), ...interval }),
    known && t(`charts.portrait.${side(bin)}`),
    bin.few && t("charts.portrait.few"),
  );
  const at = (value: number) => tgiPlace(value, end);
  return (
    <li className={styles.bin} tabIndex={0} data-side={side(bin)} {...says}>
      <span className={styles.value}>{say(bin.name)}</span>
      <span className={styles.bars} aria-hidden>
        <span className={styles.inside} style={{ width: percent((bin.share_inside ?? 0) / widest) }} />
        <span className={styles.everyone} style={{ width: percent((bin.share ?? 0) / widest) }} />
      </span>
      <span className={styles.shares}>
        {share(bin.share_inside)} <span className="muted small">{share(bin.share)}</span>
      </span>
      <span className={styles.marks} aria-hidden>
        <span className={styles.hundred} style={{ left: percent(at(100)) }} />
        {known && <span className={styles.whisker} style={{ left: percent(at(low)), width: percent(at(high) - at(low)) }} />}
        {known && <span className={styles.mark} style={{ left: percent(at(tgi)) }} />}
      </span>
      <b className={styles.tgi}>{tgi === null ? "–" : number(Math.round(tgi))}</b>
    </li>
  );
}

/** Every value with all that is known of it, for reading and for saving. */
function useTable(traits: TraitPortrait[]) {
  const { t } = useWords();
  const { say } = useFormat();
  const short = (value: number | null) => (value === null ? null : Number(value.toPrecision(6)));
  const columns = ["trait", "value", "customersInside", "customers", "shareInside", "share", "tgi", "low", "high"];
  return {
    columns: columns.map((column) => t(`charts.portrait.column.${column}`)),
    rows: traits.flatMap((one) =>
      one.bins.map((bin) => [
        say(one.trait.name), say(bin.name), bin.inside, bin.everyone,
        short(bin.share_inside), short(bin.share), short(bin.tgi), short(bin.tgi_low), short(bin.tgi_high),
      ]),
    ),
  };
}
