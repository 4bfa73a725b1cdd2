/** Colours and sizes of both themes; Ant Design and our own components draw from the same values. */
import { theme as antd, type ThemeConfig } from "antd";

export type Look = "light" | "dark";

export interface Tokens {
  page: string;
  rail: string;
  panel: string;
  soft: string;
  line: string;
  text: string;
  muted: string;
  accent: string;
  accentSoft: string;
  onAccent: string;
  up: string;
  down: string;
  warn: string;
  track: string;
  tick: string;
  neutral: string;
}

export const TOKENS: Record<Look, Tokens> = {
  light: {
    page: "#f7f7f5", rail: "#fcfdfb", panel: "#ffffff", soft: "#f1f5f2", line: "#e7e9e6",
    text: "#1b201d", muted: "#626a65", accent: "#1f6b4e", accentSoft: "#e4f0e9", onAccent: "#ffffff",
    up: "#1b7049", down: "#b04a22", warn: "#8f6100", track: "#edefed", tick: "#7d8681", neutral: "#dfe2df",
  },
  dark: {
    page: "#111514", rail: "#131816", panel: "#1b201e", soft: "#222926", line: "#2b322f",
    text: "#e9edeb", muted: "#9ea8a2", accent: "#5fc79a", accentSoft: "#1f332a", onAccent: "#0c1a13",
    up: "#6bcf9f", down: "#ea9468", warn: "#e0b25c", track: "#2a312e", tick: "#b6c0ba", neutral: "#3a423e",
  },
};

const LATIN = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans"';
const HAN = '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei"';

/** Chinese pages take Han letters first, so that quotes and dots are as wide as the text; English ones Latin. */
export const FONTS: Record<"zh" | "en", string> = {
  zh: `-apple-system, BlinkMacSystemFont, ${HAN}, ${LATIN}, sans-serif`,
  en: `${LATIN}, "DejaVu Sans", ${HAN}, sans-serif`,
};

/** The type of the page as it is now, for what is drawn on canvas. */
export const drawnFont = () => getComputedStyle(document.body).fontFamily;

/** Our tokens as Ant Design's. */
export function antdTheme(look: Look, motion: boolean): ThemeConfig {
  const t = TOKENS[look];
  return {
    algorithm: look === "dark" ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: t.accent, colorLink: t.accent, colorLinkHover: t.text, colorText: t.text, colorTextSecondary: t.muted,
      colorTextDescription: t.muted, colorTextTertiary: t.muted, colorTextPlaceholder: t.muted,
      colorBgBase: t.panel, colorBgContainer: t.panel, colorBgLayout: t.page,
      colorBgElevated: look === "dark" ? "#242a27" : "#ffffff", colorBorder: look === "dark" ? "#3b4440" : "#d5d9d6",
      colorBorderSecondary: t.line, colorSuccess: t.up, colorError: t.down, colorWarning: t.warn,
      colorTextLightSolid: t.onAccent, borderRadius: 8, fontFamily: "var(--font)", fontSize: 14, wireframe: false, motion,
      boxShadow: "none", boxShadowTertiary: "none",
      motionDurationFast: motion ? "0.08s" : "0s", motionDurationMid: motion ? "0.12s" : "0s",
      motionDurationSlow: motion ? "0.16s" : "0s",
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none", fontWeight: 500 },
      Tabs: { horizontalMargin: "0 0 16px 0", itemColor: t.muted, titleFontSize: 14 },
      Tooltip: { colorTextLightSolid: "#ffffff" },
      Segmented: { itemSelectedBg: t.panel, trackBg: t.soft },
      Table: { headerBg: "transparent", headerColor: t.muted, headerSplitColor: "transparent" },
    },
  };
}
