import { describe, expect, it } from "vitest";
import { confirms, fileOf, percentOf } from "./handedOut";

describe("fileOf", () => {
  it("names the file after the customer and the day", () => {
    const { name, text } = fileOf({ customer_id: "c-07", at: "2026-03-01T10:00:00+08:00" });
    expect(name).toBe("c-07_2026-03-01.json");
    expect(JSON.parse(text)).toEqual({ customer_id: "c-07", at: "2026-03-01T10:00:00+08:00" });
  });

  it("makes a name of every id that files can have", () => {
    const name = (customer_id: string) => fileOf({ customer_id, at: "2026-03-01" }).name;
    expect(name("../../etc/passwd")).toBe("_etc_passwd_2026-03-01.json");
    expect(name("张三 13800000000")).toBe("张三_13800000000_2026-03-01.json");
    expect(name("x".repeat(500)).length).toBeLessThan(100);
    expect(name("")).toBe("customer_2026-03-01.json");
  });
});

describe("percentOf", () => {
  it("is known where the whole is", () => {
    expect(percentOf({ done: 1, total: 3 })).toBe(33);
    expect(percentOf({ done: 4, total: 3 })).toBe(100);
    expect([percentOf({ done: 1, total: null }), percentOf({ done: 0, total: 0 }), percentOf(null), percentOf(undefined)]).toEqual([null, null, null, null]);
  });
});

describe("confirms", () => {
  it("takes the id alone, as it is written", () => {
    expect(confirms("C7", "C7")).toBe(true);
    expect(confirms(" C7\n", "C7")).toBe(true);
    expect(confirms("c7", "C7")).toBe(false);
    expect(confirms("", "C7")).toBe(false);
    expect(confirms("C", "C7")).toBe(false);
  });

  it("takes an id with blanks around it when it is typed with them", () => {
    expect(confirms(" C7", " C7")).toBe(true);
  });
});
