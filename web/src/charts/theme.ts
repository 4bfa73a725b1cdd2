/** The one ECharts theme: thin, quiet, our colours, our type. */
import { drawnFont, type Tokens } from "@/ui/tokens";

export function chartTheme(tokens: Tokens) {
  const axis = {
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: tokens.muted, fontSize: 12 },
    splitLine: { lineStyle: { color: tokens.line } },
    nameTextStyle: { color: tokens.muted, fontSize: 12 },
  };
  return {
    backgroundColor: "transparent",
    textStyle: { fontFamily: drawnFont(), color: tokens.text },
    categoryAxis: axis,
    valueAxis: axis,
    tooltip: {
      backgroundColor: tokens.panel,
      borderColor: tokens.line,
      borderWidth: 1,
      padding: [8, 12],
      textStyle: { color: tokens.text, fontSize: 13 },
      extraCssText: "box-shadow: 0 6px 24px rgb(0 0 0 / 14%); border-radius: 8px;",
    },
  };
}
