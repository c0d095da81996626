// The figures of the dashboards, asked for anew after every change of the sheet.
import { shallowRef, watch } from "vue";
import { useI18n } from "vue-i18n";
import { ask, commands, problemOf } from "../api";
import type { DashboardView, Problem } from "../api";
import type { Sheet } from "../composables/sheet";

export function useDashboard(sheet: Sheet) {
  const { locale } = useI18n();
  const view = shallowRef<DashboardView | null>(null);
  const problem = shallowRef<Problem | null>(null);

  async function load(): Promise<void> {
    const state = sheet.state.value;
    try {
      const found = await ask(commands.dashboard(state.id));
      if (state !== sheet.state.value) return; // a newer question is on its way
      view.value = found;
      problem.value = null;
    } catch (error) {
      problem.value = problemOf(error);
    }
  }
  watch([() => sheet.state.value, locale], load, { immediate: true });
  return { view, problem, load };
}
