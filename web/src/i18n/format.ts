/** Numbers, money, shares and dates as people of each language read them. */

export type Language = "zh" | "en";

export const LOCALES: Record<Language, string> = { zh: "zh-CN", en: "en-GB" };
const MINUS = "−";

function digits(language: Language, value: number, most: number, least = 0): string {
  const text = Math.abs(value).toLocaleString(LOCALES[language], {
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  });
  return (value < 0 && Number(text.replace(/[^\d]/g, "")) !== 0 ? MINUS : "") + text;
}

/** Up to two digits behind the point where the number is small; none where it is large. */
function fitting(value: number): number {
  const size = Math.abs(value);
  return Number.isInteger(value) || size >= 1000 ? 0 : size >= 100 ? 1 : 2;
}

export function formatNumber(language: Language, value: number): string {
  return digits(language, value, fitting(value));
}

/** Whole: 12,345 · 1.23 万 where there is little room; 12.3 k in English. */
export function formatShort(language: Language, value: number): string {
  const size = Math.abs(value);
  if (size < 10_000) return formatNumber(language, value);
  const steps: [number, string][] =
    language === "zh" ? [[1e8, " 亿"], [1e4, " 万"]] : [[1e9, " bn"], [1e6, " m"], [1e3, " k"]];
  const [unit, word] = steps.find(([from]) => size >= from) ?? [1, ""];
  const scaled = value / unit;
  return digits(language, scaled, Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2) + word;
}

const SIGNS: Record<string, string> = {
  CNY: "¥", GBP: "£", USD: "$", EUR: "€", JPY: "JP¥", HKD: "HK$", TWD: "NT$", KRW: "₩", INR: "₹", VND: "₫",
};

function signed(currency: string, text: string): string {
  const sign = SIGNS[currency] ?? `${currency} `;
  return text.startsWith(MINUS) ? MINUS + sign + text.slice(1) : sign + text;
}

/** Money with its currency; pence are shown below a thousand. */
export function formatMoney(language: Language, currency: string, value: number): string {
  const size = Math.abs(value);
  const places = size >= 1000 || Number.isInteger(value) ? 0 : 2;
  return signed(currency, digits(language, value, places, places));
}

export function formatMoneyShort(language: Language, currency: string, value: number): string {
  return Math.abs(value) < 10_000 ? formatMoney(language, currency, value) : signed(currency, formatShort(language, value));
}

/** 0.7291 → 72.9%, in both languages without a space; a share that isn't nothing never reads 0.0%. */
export function formatShare(language: Language, value: number): string {
  if (value > 0 && value < 0.0005) return "< 0.1%";
  return `${digits(language, value * 100, 1, 1)}%`;
}

/** A change with its sign: +41, −38, ±0. */
export function formatChange(language: Language, value: number): string {
  if (value === 0) return "±0";
  return (value > 0 ? "+" : "") + formatNumber(language, value);
}

/** A local day, YYYY-MM-DD in both languages: short, sortable and never misread. */
export function formatDay(iso: string): string {
  return iso.slice(0, 10);
}

/** An instant in the zone of the workspace. */
export function formatInstant(iso: string, timezone: string): string {
  const aware = /(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`;
  const at = new Date(aware);
  if (Number.isNaN(at.getTime())) return iso;
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: timezone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  });
  return parts.format(at);
}
