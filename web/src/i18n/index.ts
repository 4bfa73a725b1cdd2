/** The words of the console: Chinese and English, chosen by hand, else by the browser. */
import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import en from "./en";
import type { Language } from "./format";
import zh from "./zh-CN";

const KEPT = "titian.language";

function remembered(): Language | null {
  const kept = localStorage.getItem(KEPT);
  return kept === "zh" || kept === "en" ? kept : null;
}

function ofBrowser(): Language {
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export function startWords(): void {
  void i18next.use(initReactI18next).init({
    resources: { zh: { translation: zh }, en: { translation: en } },
    lng: remembered() ?? ofBrowser(),
    fallbackLng: "en",
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = i18next.language === "zh" ? "zh-CN" : "en";
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  void i18next.changeLanguage(language);
}

/** The translator and the language it speaks. */
export function useWords() {
  const { t, i18n } = useTranslation();
  return { t, language: (i18n.language === "zh" ? "zh" : "en") as Language };
}
