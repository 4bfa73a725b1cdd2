/** One cut: its histogram with the handle, the exact number, and the statistics to snap to. */
import { Button, InputNumber } from "antd";
import type { CutHistogram } from "@/api/types";
import { ChartFrame } from "@/charts/ChartFrame";
import { CutHandle } from "@/charts/CutHandle";
import { CUT_PICTURE, drawCut } from "@/charts/drawCut";
import { canvasPng } from "@/charts/save";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useLook } from "@/ui/look";
import { useFormat } from "@/ui/useFormat";
import type { Draft } from "./CutsTab";
import styles from "./CutsTab.module.css";

interface Props {
  cut: CutHistogram;
  /** What this cut is called where two cut the same trait. */
  name: string | undefined;
  rule: unknown;
  draft: Draft | undefined;
  onDraft: (draft: Draft) => void;
}

export function CutEditor({ cut, name, rule, draft, onDraft }: Props) {
  const { t } = useWords();
  const { say, title, meaning, trait: read, unit } = useFormat();
  const { tokens } = useLook();
  const { trait } = cut;
  const value = draft?.value ?? cut.cut.value ?? cut.low;
  const parameter = draft?.parameter ?? rule;
  const ruleName = (name: string | number) =>
    typeof name === "number"
      ? t("layerings.cuts.fixed")
      : name.startsWith("q")
        ? t("layerings.cuts.quantile", { percent: Math.round(Number(name.slice(1)) * 100) })
        : t(`layerings.cuts.${name}`, { defaultValue: name });
  const table = {
    columns: [t("layerings.cuts.from"), t("layerings.cuts.to"), t("charts.customers")],
    rows: cut.counts.map((count, at) => [cut.edges[at] ?? 0, cut.edges[at + 1] ?? cut.high, count]),
  };
  const picture = () =>
    canvasPng(CUT_PICTURE.width, CUT_PICTURE.height, tokens.panel, (context) =>
      drawCut(context, cut, value, {
        title: name ?? title(trait.name), cut: read(trait, value), low: read(trait, cut.low), high: `≥ ${read(trait, cut.high)}`,
      }, tokens),
    );
  return (
    <ChartFrame
      title={name ?? title(trait.name)}
      note={`${t(trait.better === "low" ? "layerings.cuts.highWhenLow" : "layerings.cuts.highWhenHigh")} · ${ruleName(parameter as string | number)}`}
      name={`${trait.key}-cut`}
      table={table}
      level={3}
      picture={picture}
      tools={
        <InputNumber
          size="small"
          className={styles.number}
          value={Number(value.toPrecision(12))}
          aria-label={t("charts.cut.handle", { trait: say(trait.name) })}
          suffix={trait.unit === "money" ? unit("money") : unit(trait.unit)}
          onChange={(next) => next !== null && onDraft({ parameter: next, value: next })}
        />
      }
    >
      <CutHandle
        histogram={cut}
        value={value}
        inForce={draft ? cut.cut.value : null}
        onMove={(next) => onDraft({ parameter: next, value: next })}
      />
      <div className={styles.snaps}>
        {Object.entries(cut.suggestions).map(([name, statistic]) => (
          <Button
            key={name}
            size="small"
            type={parameter === name ? "primary" : "default"}
            onClick={() => onDraft({ parameter: name, value: statistic })}
            {...explain(`${ruleName(name)}: ${read(trait, statistic)}`, meaning(trait))}
          >
            {ruleName(name)}
          </Button>
        ))}
      </div>
    </ChartFrame>
  );
}
