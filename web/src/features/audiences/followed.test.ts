import { describe, expect, it } from "vitest";
import type { FollowedTag } from "@/api/types";
import { summed } from "./followed";

const one = (tag: string, came: number, gone: number, problem: FollowedTag["problem"] = null): FollowedTag => ({ tag, came, gone, customers: 9, problem });

describe("summed", () => {
  it("adds up who came and who went", () => {
    expect(summed([one("a", 3, 1), one("b", 0, 2)])).toEqual({ tags: 2, came: 3, gone: 3, stuck: [] });
    expect(summed([])).toEqual({ tags: 0, came: 0, gone: 0, stuck: [] });
  });

  it("tells those that could not be asked apart, and does not count them", () => {
    const why = { zh: "没有订单", en: "there are no orders" };
    expect(summed([one("a", 3, 1), one("b", 0, 0, why)])).toEqual({ tags: 1, came: 3, gone: 1, stuck: [{ tag: "b", why }] });
  });
});
