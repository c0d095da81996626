// What a local edition changes, as it is entered. Numbers stay text: the program reads and refuses them.
import { computed, reactive } from "vue";
import type { GradeInput, LocalInput, RubricView } from "../api";
import { markText } from "./entry";

const NAMING = ["id", "edition", "suffix"] as const;
export type Naming = (typeof NAMING)[number];

export function useLocalEdition(rubric: () => RubricView) {
  const naming = reactive<Record<Naming, string>>({ id: "", edition: "", suffix: "" });
  const grades = reactive<GradeInput[]>([]);
  const weights = reactive(new Map<string, string>());
  const points = computed(() => rubric().indicators.flatMap((indicator) => indicator.points));
  const original = computed<GradeInput[]>(() => rubric().grades.map(({ name, atLeast, sentence }) => ({ name, nameEn: "", atLeast, sentence })));
  const sameGrades = computed(() => JSON.stringify(grades) === JSON.stringify(original.value));
  const changedWeights = computed(() => points.value.flatMap(({ code, max }) => {
    const entered = weights.get(code)?.trim() ?? "";
    return entered === "" || entered === max ? [] : [{ code, max: entered }];
  }));
  return {
    naming, grades, points, changedWeights,
    weightOf: (code: string) => weights.get(code) ?? "",
    weigh: (code: string, text: string) => weights.set(code, markText(text)),
    begin(): void {
      Object.assign(naming, { id: "", edition: String(new Date().getFullYear()), suffix: "" });
      grades.splice(0, grades.length, ...original.value.map((grade) => ({ ...grade })));
      weights.clear();
    },
    addGrade: () => grades.push({ name: "", nameEn: "", atLeast: "", sentence: "" }),
    removeGrade: (index: number) => grades.splice(index, 1),
    missing: computed(() => NAMING.filter((field) => naming[field].trim() === "")),
    changed: computed(() => !sameGrades.value || changedWeights.value.length > 0),
    /** What the command is sent. Grade lines that are as before are left to the parent. */
    input: (parent: string, out: string, replace: boolean): LocalInput => ({
      parent, out, replace, id: naming.id.trim(), edition: naming.edition.trim(), suffix: naming.suffix.trim(),
      grades: sameGrades.value ? [] : grades.map((grade) => ({ name: grade.name.trim(), nameEn: grade.nameEn.trim(), atLeast: markText(grade.atLeast.trim()), sentence: grade.sentence.trim() })),
      weights: changedWeights.value,
    }),
  };
}
