import { describe, expect, it } from "vitest";
import { maskedName, ProblemError, problemOf } from "./problem";

const answered = (code: string, details: Record<string, unknown>) =>
  new ProblemError({ ...problemOf(null, 403), code, details });

describe("maskedName", () => {
  it("is what is masked is called", () => {
    expect(maskedName(answered("masked", { masked: "layerings/ages", name: { zh: "年龄", en: "ages" } }))).toEqual({ zh: "年龄", en: "ages" });
  });
  it("is nothing of other problems", () => {
    expect(maskedName(answered("forbidden", { permission: "data.load" }))).toBeNull();
    expect(maskedName(new Error("no network"))).toBeNull();
    expect(maskedName(null)).toBeNull();
  });
});
