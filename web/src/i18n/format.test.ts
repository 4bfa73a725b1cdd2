import { expect, test } from "vitest";
import {
  formatChange, formatInstant, formatMoney, formatMoneyShort, formatNumber, formatShare, formatShort,
} from "./format";

test("whole numbers carry thousands separators in both languages", () => {
  expect(formatNumber("zh", 12345)).toBe("12,345");
  expect(formatNumber("en", 1234567)).toBe("1,234,567");
});

test("small numbers keep two places and large ones none", () => {
  expect(formatNumber("en", 3.14159)).toBe("3.14");
  expect(formatNumber("en", 12345.678)).toBe("12,346");
});

test("a short number is counted in 万 and 亿 in Chinese, in k and m in English", () => {
  expect(formatShort("zh", 12345)).toBe("1.23 万");
  expect(formatShort("zh", 9_747_747)).toBe("975 万");
  expect(formatShort("zh", 123_456_789)).toBe("1.23 亿");
  expect(formatShort("en", 12345)).toBe("12.3 k");
  expect(formatShort("en", 9_747_747)).toBe("9.75 m");
});

test("money has its currency and a minus before it", () => {
  expect(formatMoney("en", "GBP", 1842)).toBe("£1,842");
  expect(formatMoney("zh", "CNY", 12.5)).toBe("¥12.50");
  expect(formatMoney("en", "GBP", -1842.4)).toBe("−£1,842");
  expect(formatMoney("en", "CHF", 5)).toBe("CHF 5");
  expect(formatMoneyShort("zh", "CNY", 318_000)).toBe("¥31.8 万");
});

test("shares have one place and tiny ones are not nothing", () => {
  expect(formatShare("en", 0.7291)).toBe("72.9%");
  expect(formatShare("en", 0.0001)).toBe("< 0.1%");
  expect(formatShare("zh", 0)).toBe("0.0%");
});

test("changes are signed and nothing rounds to minus zero", () => {
  expect(formatChange("en", 41)).toBe("+41");
  expect(formatChange("en", -38)).toBe("−38");
  expect(formatChange("en", 0)).toBe("±0");
  expect(formatNumber("en", -0.001)).toBe("0");
});

test("an instant is read in the workspace's zone", () => {
  expect(formatInstant("2011-12-09T12:50:00Z", "Asia/Shanghai")).toBe("2011-12-09 20:50");
  expect(formatInstant("2011-12-09T12:50:00", "Europe/London")).toBe("2011-12-09 12:50");
});
