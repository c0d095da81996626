// The rows of the group that comes next are drawn while nobody waits: coming to it only shows them.
import { computed, onScopeDispose, shallowRef, watch } from "vue";
import type { Cursor } from "./cursor";
import type { Group } from "./groups";
import type { Sheet } from "./sheet";

/** Rest after which the next group is drawn, in milliseconds: behind what follows a saved mark, before the next one. */
const REST = 120;

/** The groups to draw: the one that is seen, and the next one. */
export function usePrepared(sheet: Sheet, cursor: Cursor) {
  const kept = shallowRef<string[]>([]);
  const codes = computed(() => {
    const here = cursor.group.value?.code;
    return here === undefined || kept.value.includes(here) ? kept.value : [...kept.value, here];
  });
  let timer: number | undefined;
  function prepare(): void {
    if (sheet.busy.value) return; // its end brings it here again
    const [here, next] = [cursor.group.value, cursor.groupAt(1)];
    kept.value = [here, next].flatMap((group) => group?.code ?? []);
  }
  watch([cursor.group, sheet.busy], () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(prepare, REST);
  }, { immediate: true });
  onScopeDispose(() => window.clearTimeout(timer));
  const byCode = computed(() => new Map(sheet.groups.value.map((group) => [group.code, group])));
  return computed(() => codes.value.flatMap<Group>((code) => byCode.value.get(code) ?? []));
}
