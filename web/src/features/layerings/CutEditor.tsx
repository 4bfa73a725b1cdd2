/** One cut: its histogram with the handle, the exact number, and the statistics to snap to. */
import { Button, InputNumber } from "antd";
import type { CutHistogram } from "@/api/types";
import { ChartFrame } from "@/charts/ChartFrame";
import { CutHandle } from "@/charts/CutHandle";
import { cutRule } from "@/charts/cutSide";
import { CUT_PICTURE, drawCut } from "@/charts/drawCut";
import { canvasPng } from "@/charts/save";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useLook } from "@/ui/look";
import { useFormat } from "@/ui/useFormat";
import styles from "./CutsTab.module.css";
import { standing } from "./drafts";

interface Props {
  cut: CutHistogram;
  /** What this cut is called where two cut the same trait. */
  name: string | undefined;
  /** The rule in force. */
  rule: string | number;
  /** Whether it cuts a time of silence, which always includes itself. */
  silence: boolean;
  draft: string | number | undefined;
  onDraft: (rule: string | number) => void;
}

export function CutEditor({ cut, name, rule, silence, draft, onDraft }: Props) {
  const { t } = useWords();
  const { say, title, meaning, trait: read, unit } = useFormat();
  const { tokens } = useLook();
  const { says, means } = useRuleWords(cut, silence);
  const { trait } = cut;
  const heading = name ?? title(trait.name);
  const chosen = draft ?? rule;
  const value = standing(cut, draft);
  const { side, inclusive } = cutRule(cut, chosen, silence);
  const line = `${side} ${read(trait, value)}`;
  const table = {
    columns: [t("layerings.cuts.from"), t("layerings.cuts.to"), t("charts.customers")],
    rows: cut.counts.map((count, at) => [cut.edges[at] ?? 0, cut.edges[at + 1] ?? cut.high, count]),
  };
  const picture = () =>
    canvasPng(CUT_PICTURE.width, CUT_PICTURE.height, tokens.panel, (context) =>
      drawCut(context, cut, value, { title: heading, cut: line, low: read(trait, cut.low), high: `≥ ${read(trait, cut.high)}` }, tokens),
    );
  return (
    <ChartFrame
      title={heading}
      note={
        <span data-testid={`rule-${cut.field}`} tabIndex={0} {...explain(`${heading} · ${t("layerings.cuts.good", { side, value: read(trait, value) })}`, means(chosen, value))}>
          {says(chosen, value)}
        </span>
      }
      name={`${trait.key}-cut`}
      table={table}
      level={3}
      picture={picture}
      tools={
        <InputNumber
          size="small"
          className={styles.number}
          value={trait.unit === "money" ? Math.round(value * 100) / 100 : Number(value.toPrecision(12))}
          aria-label={t("charts.cut.handle", { trait: say(trait.name) })}
          suffix={unit(trait.unit)}
          onChange={(next) => next !== null && onDraft(next)}
        />
      }
    >
      <CutHandle
        histogram={cut}
        value={value}
        says={line}
        means={means(chosen, value)}
        inclusive={inclusive}
        inForce={draft === undefined ? null : cut.cut.value}
        onMove={onDraft}
      />
      <div className={styles.snaps}>
        {Object.entries(cut.suggestions).map(([statistic, at]) => (
          <Button
            key={statistic}
            size="small"
            type={chosen === statistic ? "primary" : "default"}
            onClick={() => onDraft(statistic)}
            {...explain(says(statistic, at), means(statistic, at), meaning(trait))}
          >
            {ruleName(t, statistic)}
          </Button>
        ))}
      </div>
    </ChartFrame>
  );
}

function ruleName(t: ReturnType<typeof useWords>["t"], rule: string): string {
  return rule.startsWith("q")
    ? t("layerings.cuts.quantile", { percent: Math.round(Number(rule.slice(1)) * 1000) / 10 })
    : t(`layerings.cuts.${rule}`, { defaultValue: rule });
}

/** A rule in words: what it is called with its value, and whether who stands exactly on it is on the good side. */
function useRuleWords(cut: CutHistogram, silence: boolean) {
  const { t } = useWords();
  const { trait: read } = useFormat();
  const kind = (rule: string | number) =>
    typeof rule === "number" ? "fixed" : cutRule(cut, rule, silence).inclusive ? "statisticIncluded" : "statistic";
  return {
    says: (rule: string | number, value: number) =>
      t(`layerings.cuts.${kind(rule)}`, { rule: ruleName(t, String(rule)), value: read(cut.trait, value) }),
    means: (rule: string | number, value: number) => t(`layerings.cuts.${kind(rule)}Is`, { value: read(cut.trait, value) }),
  };
}
