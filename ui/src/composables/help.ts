// The manual: whether it is open, and which chapter fits what is seen.
import { ref } from "vue";
import type { SheetTab } from "../desk/tabs";
import type { Place } from "../home/places";

/** Where the person is: a tab of a sheet, or one of the views beside it. */
export type HelpPlace = SheetTab | Place;

const open = ref(false);
const place = ref<HelpPlace>("home");

export function useHelp() {
  return {
    open,
    place,
    here(now: HelpPlace): void {
      place.value = now;
    },
    showHelp(): void {
      open.value = true;
    },
  };
}
