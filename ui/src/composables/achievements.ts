// A list of achievements while it is edited. A line without its base is not sent yet: it would be refused.
import { ref, watch } from "vue";
import type { EntryView } from "../api";
import { markText } from "./entry";

export function useAchievements(recorded: () => EntryView[] | null, send: (entries: EntryView[]) => void) {
  const lines = ref<EntryView[]>([]);
  const same = (a: EntryView, b: EntryView | undefined) => b !== undefined && a.item === b.item && a.title === b.title && a.base === b.base;
  const whole = () => lines.value.filter((line) => line.base !== "");
  watch(recorded, (entries) => {
    const sent = whole();
    const known = entries ?? [];
    if (sent.length !== known.length || !sent.every((line, index) => same(line, known[index]))) lines.value = known.map((entry) => ({ ...entry }));
  }, { immediate: true });

  /** Sends the lines that are whole, unless that is what is recorded. */
  function commit(): void {
    const sent = whole().map((line) => ({ ...line, title: line.title.trim() }));
    const known = recorded();
    if (known !== null && sent.length === known.length && sent.every((line, index) => same(line, known[index]))) return;
    if (known === null && sent.length === 0) return;
    send(sent);
  }
  function change(index: number, fields: Partial<EntryView>): void {
    const line = lines.value[index];
    if (!line) return;
    Object.assign(line, fields, fields.base === undefined ? {} : { base: markText(fields.base.trim()) });
    commit();
  }
  function add(item: number, base: string): void {
    lines.value.push({ item, title: "", base });
    commit();
  }
  function remove(index: number): void {
    lines.value.splice(index, 1);
    if (recorded() !== null) commit();
  }
  /** The one line of a kind, where each kind has one mark; an empty base takes it away. */
  function setOnly(item: number, base: string): void {
    const others = lines.value.filter((line) => line.item !== item);
    if ((lines.value.find((line) => line.item === item)?.base ?? "") === markText(base.trim())) return;
    const line = { item, title: lines.value.find((own) => own.item === item)?.title ?? "", base: markText(base.trim()) };
    lines.value = (line.base === "" ? others : [...others, line]).toSorted((a, b) => a.item - b.item);
    commit();
  }
  return { lines, change, add, remove, setOnly, none: () => send([]) };
}
