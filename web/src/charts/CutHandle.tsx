/** One cut over its histogram: drag it, or move it with the arrow keys. */
import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import type { CutHistogram } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useLook } from "@/ui/look";
import { useFormat } from "@/ui/useFormat";
import styles from "./CutHandle.module.css";
import { scaleOf } from "./cutScale";

interface Props {
  histogram: CutHistogram;
  value: number;
  /** The good side with its number: ≥ 90 days. */
  says: string;
  /** What that means for who stands exactly on the cut. */
  means: string;
  /** A fixed number, which includes itself, has a full handle and a full line; a statistic has hollow ones. */
  inclusive: boolean;
  /** The cut in force, shown as a thin line where it differs. */
  inForce: number | null;
  onMove: (value: number) => void;
}

const WIDTH = 1000;
const HEIGHT = 150;

export function CutHandle({ histogram, value, says, means, inclusive, inForce, onMove }: Props) {
  const { t } = useWords();
  const { tokens } = useLook();
  const { say, trait: read, number } = useFormat();
  const field = useRef<HTMLDivElement>(null);
  const [dragging, setDragging] = useState(false);
  const label = useId();
  const { trait, edges, counts, low, high } = histogram;
  const scale = scaleOf(histogram);
  const good = (from: number, to: number) => ((from + to) / 2 > value) === (trait.better !== "low");

  const follow = (event: PointerEvent) => {
    const box = field.current?.getBoundingClientRect();
    if (box) onMove(scale.toValue((event.clientX - box.left) / box.width));
  };
  const start = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragging(true);
    follow(event);
  };
  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10,
    };
    const by = steps[event.key];
    const next = event.key === "Home" ? low : event.key === "End" ? high : by && scale.round(value + by * scale.step);
    if (next === undefined) return;
    event.preventDefault();
    onMove(Math.min(high, Math.max(low, next)));
  };
  const top = Math.max(1, ...counts);
  return (
    <div
      ref={field}
      className={styles.field}
      data-dragging={dragging}
      onPointerDown={start}
      onPointerMove={(event) => dragging && follow(event)}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
    >
      <svg className={styles.bars} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t("charts.cut.histogram", { trait: say(trait.name) })}>
        {counts.map((count, at) => {
          const [from, to] = [edges[at] ?? low, edges[at + 1] ?? high];
          const [left, right] = [scale.toShare(from) * WIDTH, scale.toShare(to) * WIDTH];
          const tall = count ? Math.max(1.5, (count / top) * (HEIGHT - 8)) : 0;
          return (
            <rect key={from} x={left + 0.8} width={Math.max(1, right - left - 1.6)} y={HEIGHT - tall} height={tall} fill={good(from, to) ? tokens.accent : tokens.neutral}>
              <title>{t("charts.cut.bin", { from: read(trait, from), to: read(trait, to), count, n: number(count) })}</title>
            </rect>
          );
        })}
        {inForce !== null && (
          <line x1={scale.toShare(inForce) * WIDTH} x2={scale.toShare(inForce) * WIDTH} y1={0} y2={HEIGHT} stroke={tokens.tick} strokeWidth={2} strokeDasharray="4 4" vectorEffect="non-scaling-stroke" />
        )}
      </svg>
      <div
        role="slider"
        tabIndex={0}
        className={styles.handle}
        style={{ left: `${scale.toShare(value) * 100}%` }}
        aria-labelledby={label}
        aria-valuemin={low}
        aria-valuemax={high}
        aria-valuenow={value}
        aria-valuetext={says}
        data-inclusive={inclusive}
        {...explain(says, means)}
        onKeyDown={press}
      >
        <span className={styles.bubble}>{says}</span>
      </div>
      <span id={label} className="unseen">
        {t("charts.cut.handle", { trait: say(trait.name) })}
      </span>
      <div className={styles.axis} aria-hidden>
        <span>{read(trait, low)}</span>
        <span>
          ≥ {read(trait, high)}
        </span>
      </div>
    </div>
  );
}
