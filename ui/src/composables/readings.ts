// The readings (录入说明) of the rubric that is shown: of the open sheet, or of the library.
import { inject, provide } from "vue";
import type { ComputedRef, InjectionKey } from "vue";
import type { ReadingView } from "../api";
import { useSheet } from "./sheet";

type Readings = ComputedRef<Map<string, ReadingView>>;
const KEY: InjectionKey<Readings> = Symbol("readings");

export function provideReadings(readings: Readings): void {
  provide(KEY, readings);
}
export function useReadings(): Readings {
  return inject(KEY, undefined) ?? useSheet().readings;
}
