// Colours change with the theme and the size of letters: whoever draws on a canvas draws again.
import { onBeforeUnmount, onMounted, shallowRef } from "vue";
import { readPalette } from "./palette";

export function usePalette() {
  const palette = shallowRef(readPalette());
  const differs = (next: ReturnType<typeof readPalette>) => JSON.stringify(next) !== JSON.stringify(palette.value);
  const watcher = new MutationObserver(() => {
    const next = readPalette();
    if (differs(next)) palette.value = next;
  });
  onMounted(() => watcher.observe(document.documentElement, { attributes: true }));
  onBeforeUnmount(() => watcher.disconnect());
  return palette;
}
