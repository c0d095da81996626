// Width of the window and which of the layouts applies.
import { computed, onScopeDispose, ref } from "vue";

export function useLayout() {
  const width = ref(window.innerWidth);
  const measure = () => {
    width.value = window.innerWidth;
  };
  window.addEventListener("resize", measure);
  onScopeDispose(() => window.removeEventListener("resize", measure));
  return {
    width,
    wide: computed(() => width.value >= 1600),
    treeInDrawer: computed(() => width.value < 820),
    evidenceInDrawer: computed(() => width.value < 1160),
  };
}
