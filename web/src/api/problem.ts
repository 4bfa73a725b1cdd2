/** What went wrong, as the API says it or as the browser met it. */
import type { Problem, Words } from "./types";

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = "ProblemError";
  }
}

const UNREACHABLE: Problem = {
  type: "about:blank",
  title: "Unreachable",
  status: 0,
  code: "unreachable",
  detail: "The server does not answer",
  hint: "See whether `titian serve` is still running, then try again",
  detail_zh: "服务没有应答",
  hint_zh: "请确认 titian serve 仍在运行，然后重试",
  details: {},
};

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && "detail" in value;
}

/** The problem in an answer's body; a body that is none becomes one that names the status. */
export function problemOf(body: unknown, status: number): Problem {
  if (isProblem(body)) return body;
  return {
    ...UNREACHABLE,
    status,
    code: "unexpected",
    detail: `The server answered ${status}`,
    detail_zh: `服务返回了 ${status}`,
    hint: "Try again; if it stays, look at the server's log",
    hint_zh: "请重试；若仍如此，请查看服务日志",
  };
}

/** Any thrown thing as a problem that can be shown. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof ProblemError ? thrown.problem : UNREACHABLE;
}

/** What is called so that rests on personal data, where that is why it is not shown. */
export function maskedName(thrown: unknown): Words | null {
  const { code, details } = asProblem(thrown);
  return code === "masked" ? (details.name as Words) : null;
}
