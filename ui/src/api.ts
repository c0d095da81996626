// The only door to the program's commands. A command either answers or is refused with a Problem.
import { commands } from "./bindings";
import type { Problem } from "./bindings";

export { commands };
export type * from "./bindings";

/** What a command answers. */
export type Result<T> = { status: "ok"; data: T } | { status: "error"; error: Problem };

/** A command that was refused: the Problem says what, where and what to do. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.what}`);
    this.problem = problem;
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && "what" in value;
}

/** Whatever was thrown, as a Problem. Faults that carry no text of their own keep their raw message as the place. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  if (isProblem(error)) return error;
  const raw = error instanceof Error ? error.message : String(error);
  return { code: "unexpected", what: "", place: raw, todo: "" };
}

/** The answer of a command, or a thrown {@link Refused}. */
export async function ask<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer;
  if (result.status === "ok") return result.data;
  throw new Refused(problemOf(result.error));
}
