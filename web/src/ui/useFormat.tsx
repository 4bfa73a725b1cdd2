/** Numbers as this reader and this workspace want them: language, currency and time zone bound in. */
import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { TraitInfo, Words } from "@/api/types";
import { useWords } from "@/i18n";
import {
  formatChange, formatDay, formatInstant, formatMoney, formatMoneyShort, formatNumber, formatShare, formatShort,
  type Language,
} from "@/i18n/format";

interface Local {
  currency: string;
  timezone: string;
}

const LocalContext = createContext<Local>({ currency: "CNY", timezone: "UTC" });

export function LocalProvider({ currency, timezone, children }: Local & { children: ReactNode }) {
  const value = useMemo(() => ({ currency, timezone }), [currency, timezone]);
  return <LocalContext value={value}>{children}</LocalContext>;
}

export interface Format {
  language: Language;
  currency: string;
  say: (words: Words) => string;
  /** The same with a capital where the language has them: for headings and the start of a sentence. */
  title: (words: Words) => string;
  number: (value: number | null | undefined) => string;
  short: (value: number | null | undefined) => string;
  money: (value: number | null | undefined) => string;
  moneyShort: (value: number | null | undefined) => string;
  share: (value: number | null | undefined) => string;
  change: (value: number | null | undefined) => string;
  day: (iso: string) => string;
  instant: (iso: string) => string;
  /** A unit's word; for one of it, the word of one. */
  unit: (unit: string, count?: number) => string;
  /** A number with its unit: 12 days, 1 day. */
  amount: (unit: string, value: number | null | undefined) => string;
  trait: (trait: TraitInfo, value: number | string | null | undefined) => string;
  /** Without the unit's word, where the heading already says it. */
  traitBare: (trait: TraitInfo, value: number | string | null | undefined) => string;
  /** What a trait is, in one hover line: meaning, unit and which end is the good one. */
  meaning: (trait: TraitInfo) => string;
}

const NOTHING = "–";

/** Units whose word stands behind the number. */
const MEASURED = new Set(["days", "orders", "times", "seconds", "people", "customers"]);
const TEXTS = new Set(["category", "flag", "date", "text"]);

/** Whether a trait's values are words, which are read from the left. */
export function isWord(trait: { unit: string }): boolean {
  return trait.unit === "category" || trait.unit === "flag";
}

/** Whether a trait's values are words or dates: nothing to range over, to cut, or to be better by. */
export function isText(trait: { unit: string }): boolean {
  return TEXTS.has(trait.unit);
}

export function useFormat(): Format {
  const { t, language } = useWords();
  const { currency, timezone } = useContext(LocalContext);
  return useMemo(() => {
    const or =
      (make: (value: number) => string) =>
      (value: number | null | undefined): string =>
        value === null || value === undefined || !Number.isFinite(value) ? NOTHING : make(value);
    const number = or((value) => formatNumber(language, value));
    const money = or((value) => formatMoney(language, currency, value));
    const share = or((value) => formatShare(language, value));
    const unit = (name: string, count = 2) => (name === "money" ? currency : t(`shell.unit.${name}`, { count, defaultValue: "" }));
    const amount: Format["amount"] = (name, value) =>
      value === null || value === undefined ? NOTHING : `${number(value)} ${unit(name, value)}`.trim();
    const traitBare: Format["traitBare"] = (trait, value) => {
      if (value === null || value === undefined) return NOTHING;
      if (typeof value === "string") return trait.unit === "date" ? formatDay(value) : value;
      if (trait.unit === "flag") return t(value ? "shell.flag.yes" : "shell.flag.no");
      if (trait.unit === "money") return money(value);
      return trait.unit === "share" ? share(value) : number(value);
    };
    const trait: Format["trait"] = (info, value) => {
      const bare = traitBare(info, value);
      return typeof value === "number" && MEASURED.has(info.unit) ? amount(info.unit, value) : bare;
    };
    const say = (words: Words) => words[language];
    const title = (words: Words) => words[language].charAt(0).toUpperCase() + words[language].slice(1);
    return {
      language, currency, say, title, number, money, share, unit, amount, trait, traitBare,
      short: or((value) => formatShort(language, value)),
      moneyShort: or((value) => formatMoneyShort(language, currency, value)),
      change: or((value) => formatChange(language, value)),
      day: formatDay,
      instant: (iso) => formatInstant(iso, timezone),
      meaning: (info) =>
        [
          title(info.meaning),
          info.window_days !== null && t("shell.explain.window", { count: info.window_days }),
          unit(info.unit) && t("shell.explain.unit", { unit: unit(info.unit) }),
          !isText(info) && t(info.better === "low" ? "shell.explain.lowIsBetter" : "shell.explain.highIsBetter"),
        ]
          .filter(Boolean)
          .join("\n"),
    };
  }, [t, language, currency, timezone]);
}
