// The list of problems in a plain browser; never part of the build.
import type { DeductionView, ListedProblem, RectificationView, RubricView } from "../bindings";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;

export function rectificationAnswers(rubric: RubricView): Record<string, (args: Args) => unknown> {
  let problems: ListedProblem[] = [];
  let notified = "";
  const points = rubric.indicators.flatMap((indicator) => indicator.points);
  const draft = (code: string): DeductionView => {
    const point = points.find((one) => one.code === code);
    return { code, title: point?.title ?? code, lost: "2", veto: false, text: `${point?.title ?? code}（满分 ${point?.max ?? ""} 分，得 2 分）`, basis: point?.text ?? "" };
  };
  const problem = ({ code, title, text, basis }: Omit<DeductionView, "lost" | "veto">): ListedProblem => ({
    id: `p${problems.length + 1}`, number: problems.length + 1, code, title, group: code.split(".")[0] ?? "", gone: false, text, basis, emphasis: null,
    notedOn: "2026-11-22", notedBy: "复评 周敏", fixed: false, origin: null, unverified: false, measure: "", department: "", person: "", deadline: "",
    latest: "2027-11-22", days: 365, overdue: false, late: false, progress: "open", note: "", evidence: [], lacking: ["measure", "department", "person", "deadline"],
  });
  const view = (): RectificationView => ({
    sheet: "s1", today: "2026-11-22", notified, problems, carried: [], departments: ["教务处", "考务中心"], canUndo: problems.length > 0, canRedo: false,
    deductions: points.slice(0, 3).filter((point) => !problems.some((one) => one.code === point.code)).map((point) => draft(point.code)),
  });
  const change = (id: string, fields: Partial<ListedProblem>) => {
    problems = problems.map((one) => (one.id === id ? { ...one, ...fields } : one));
    return view();
  };
  return {
    rectification: view,
    last_rounds: () => [],
    problem_draft: ({ code }) => draft(code),
    note_problem: ({ found }) => {
      problems = [...problems, problem({ ...draft(found.code), ...found })];
      return view();
    },
    note_deductions: ({ codes }) => {
      const wanted = codes.length > 0 ? codes.map(draft) : view().deductions;
      for (const deduction of wanted) problems = [...problems, problem(deduction)];
      return view();
    },
    set_plan: ({ problem: id, plan }) =>
      plan.deadline > "2027-11-22"
        ? Promise.reject({ code: "assessment.deadline-late", what: `完成时间 ${plan.deadline} 没有记下：超过一年`, place: "最晚 2027-11-22。原来的内容没有变。", todo: "填更早的日子。" })
        : change(id, plan),
    set_found: ({ problem: id, found }) => change(id, found),
    remove_problem: ({ problem: id }) => {
      problems = problems.filter((one) => one.id !== id);
      return view();
    },
    set_notified: ({ day }) => {
      notified = day;
      return view();
    },
    step_rectification: ({ undo }) => {
      if (undo) problems = problems.slice(0, -1);
      return view();
    },
  };
}
