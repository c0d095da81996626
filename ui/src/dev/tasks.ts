// Who does what in a plain browser, as far as the window asks; never part of the build.
import type { AssignedView, DepartmentTasks, RubricView, TaskChange, TaskPoint, TasksView } from "../bindings";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;
type Plan = { names: string[]; own: Map<string, string[]>; texts: Map<string, string>; facts: Map<string, { person: string; contact: string; due: string }> };
const refuse = (code: string, what: string) => Promise.reject({ code: `tasks.${code}`, what, place: "没有改动任何内容。", todo: "核对以后再试。" });
const copy = (plan: Plan): Plan => structuredClone(plan);

export function taskAnswers(rubric: RubricView, readOnly: boolean, bare: boolean): Record<string, (args: Args) => unknown> {
  const printed = (code: string) => (bare ? [] : (rubric.indicators.find((one) => one.code === code)?.departments ?? []));
  const start = (): Plan => ({ names: [], own: new Map(), texts: new Map(), facts: new Map() });
  let plan = start();
  const past: Plan[] = [];
  const future: Plan[] = [];
  const assigned = (code: string, above: string | null, use: "departments" | "none"): AssignedView => {
    const own = plan.own.get(code);
    if (own) return { names: own, from: null, own: true };
    const here = use === "departments" ? printed(code) : [];
    if (here.length > 0 || above === null) return { names: here, from: null, own: false };
    const names = plan.own.get(above) ?? printed(above);
    return { names, from: names.length > 0 ? above : null, own: false };
  };
  function points(): TaskPoint[] {
    return rubric.indicators.flatMap((indicator) => indicator.points.map((point): TaskPoint => ({
      code: point.code, indicator: indicator.code, title: point.title, departments: assigned(point.code, indicator.code, "none"), max: point.max, mark: null,
      collection: plan.texts.get(point.code) ?? plan.texts.get(indicator.code) ?? indicator.collection ?? "", collectionOwn: plan.texts.has(point.code), evidence: point.code.endsWith("-1") ? 2 : 0, undated: 0,
    })));
  }
  function department(name: string, all: TaskPoint[]): DepartmentTasks {
    const own = all.filter((point) => point.departments.names.includes(name));
    const facts = plan.facts.get(name) ?? { person: "", contact: "", due: "" };
    const withEvidence = own.filter((point) => point.evidence > 0).length;
    return {
      name, ...facts, deadline: null, points: own.map(({ code }) => code), leads: [], unwritten: [], undated: [],
      progress: { department: name, points: own.length, scored: 0, withEvidence, missing: own.length - withEvidence, score: "0", max: String(own.reduce((sum, point) => sum + Number(point.max), 0)) },
    };
  }
  function view(): TasksView {
    const all = points();
    const named = [...rubric.indicators.flatMap(({ code }) => plan.own.get(code) ?? printed(code)), ...all.flatMap((point) => point.departments.names), ...plan.names];
    return {
      sheet: "s1", writable: !readOnly, changed: past.length > 0, printed: !bare, canUndo: past.length > 0, canRedo: future.length > 0,
      departments: [...new Set(named)].map((name) => department(name, all)), unassigned: all.filter((point) => point.departments.names.length === 0).map(({ code }) => code),
      indicators: rubric.indicators.map((one) => ({
        code: one.code, departments: assigned(one.code, one.parent, "departments"), lead: assigned(`lead ${one.code}`, null, "none"), assisting: assigned(`assisting ${one.code}`, null, "none"),
        collection: plan.texts.get(one.code) ?? one.collection ?? "", collectionOwn: plan.texts.has(one.code),
      })),
      points: all, deadline: { item: "上报评估联系人名单", day: "2022.6.30", daysLeft: 12 },
    };
  }
  function everywhere(from: string, to: string[]): void {
    for (const indicator of rubric.indicators) {
      const names = plan.own.get(indicator.code) ?? printed(indicator.code);
      if (names.includes(from)) plan.own.set(indicator.code, [...new Set(names.flatMap((name) => (name === from ? to : [name])))]);
    }
    plan.names = plan.names.flatMap((name) => (name === from ? to : [name]));
  }
  function apply(change: TaskChange): void {
    switch (change.kind) {
      case "assign":
        if (change.names) plan.own.set(change.role === "departments" ? change.code : `${change.role} ${change.code}`, change.names);
        else plan.own.delete(change.role === "departments" ? change.code : `${change.role} ${change.code}`);
        return;
      case "collect":
        if (change.text === null) plan.texts.delete(change.code);
        else plan.texts.set(change.code, change.text);
        return;
      case "add": plan.names.push(change.name.trim()); return;
      case "rename": everywhere(change.from, [change.to.trim()]); return;
      case "remove": everywhere(change.name, []); return;
      case "describe": plan.facts.set(change.name, { person: change.person, contact: change.contact, due: change.due }); return;
      default: plan = start();
    }
  }
  function step(from: Plan[], to: Plan[]): TasksView {
    const next = from.pop();
    if (next) {
      to.push(plan);
      plan = next;
    }
    return view();
  }
  return {
    tasks: view,
    department_progress: () => view().departments.map(({ progress }) => progress),
    change_tasks: ({ change }: Args) => {
      const wanted = change as TaskChange;
      if (wanted.kind === "undo") return step(past, future);
      if (wanted.kind === "redo") return step(future, past);
      if (wanted.kind === "add" && view().departments.some(({ name }) => name === wanted.name.trim())) return refuse("department-exists", `已经有部门“${wanted.name.trim()}”`);
      if (wanted.kind === "describe" && wanted.due !== "" && !/^\d{4}\.\d+\.\d+$/.test(wanted.due)) return refuse("bad-day", `${wanted.name}的完成期限没有记下：“${wanted.due}”不是日期`);
      past.push(copy(plan));
      future.length = 0;
      apply(wanted);
      return view();
    },
    reminder: ({ department: name }: Args) => `【催办】并州分校 2022年评估材料——${name ?? "全部"}\n负责观测点 3 个，还缺材料的 2 个。`,
  };
}
