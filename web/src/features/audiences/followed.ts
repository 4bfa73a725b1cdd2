/** What came of bringing tags into step with their rules, summed up. */
import type { FollowedTag, Words } from "@/api/types";

export interface Summed {
  tags: number;
  came: number;
  gone: number;
  /** Those whose rules can't be asked, and why. */
  stuck: { tag: string; why: Words }[];
}

export function summed(followed: FollowedTag[]): Summed {
  const fine = followed.filter((one) => one.problem === null);
  return {
    tags: fine.length,
    came: fine.reduce((sum, one) => sum + one.came, 0),
    gone: fine.reduce((sum, one) => sum + one.gone, 0),
    stuck: followed.flatMap(({ tag, problem }) => (problem ? [{ tag, why: problem }] : [])),
  };
}
