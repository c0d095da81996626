// The fields that say whose sheet it is, for a new one and for one that is corrected.
import { computed, reactive, ref } from "vue";
import { useI18n } from "vue-i18n";
import type { SheetFacts, Stage } from "../api";

export const NAMES = ["unit", "assessor", "organisation"] as const;
export const STAGES: Stage[] = ["self", "trial", "review"];

export function useSheetFields() {
  const { t } = useI18n();
  const form = reactive({ unit: "", year: "", stage: "self" as Stage, assessor: "", organisation: "" });
  const tried = ref(false);
  const began = ref("");
  const errors = computed(() => {
    const found: Record<string, string> = {};
    for (const field of NAMES) if (form[field].trim() === "") found[field] = t(`create.need.${field}`);
    if (!/^\d{4}$/.test(form.year.trim())) found.year = t("create.needYear");
    return found;
  });
  return {
    form,
    /** What is missing, once it was tried to go on. */
    errorOf: (field: string) => (tried.value ? errors.value[field] : undefined),
    /** Whether something differs from what the form began with. */
    dirty: computed(() => began.value !== "" && JSON.stringify(form) !== began.value),
    begin(facts: SheetFacts): void {
      Object.assign(form, facts, { year: String(facts.year) });
      began.value = JSON.stringify(form);
      tried.value = false;
    },
    /** The facts when nothing is missing, null otherwise; from then on what is missing is shown. */
    take(): SheetFacts | null {
      tried.value = true;
      if (Object.keys(errors.value).length > 0) return null;
      return { unit: form.unit.trim(), year: Number(form.year), stage: form.stage, assessor: form.assessor.trim(), organisation: form.organisation.trim() };
    },
  };
}
export type SheetFields = ReturnType<typeof useSheetFields>;
