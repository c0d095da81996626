// The first of a long list; the others when they are asked for.
import { computed, ref } from "vue";

/** More than these are not drawn at once. */
const MOST = 12;

export function useFirst<T>(list: () => readonly T[]) {
  const all = ref(false);
  const shown = computed(() => (all.value ? list() : list().slice(0, MOST)));
  const hidden = computed(() => list().length - shown.value.length);
  return { all, shown, hidden };
}
