// The texts of an assessment: what is kept, what is being typed, what is on its way, and what was refused.
import { computed, inject, provide, reactive, ref, shallowRef } from "vue";
import type { InjectionKey } from "vue";
import { ask, commands, problemOf } from "../api";
import type { Problem, WritingCount, WritingDocument, WritingText, WritingView } from "../api";
import { useQueue } from "./queue";

export type Place = { place: string; part: string };
export type Saving = "kept" | "typing" | "sending" | "refused";

const keyOf = (place: string, part: string) => `${place}\n${part}`;
// Outlives a view, so that a text that is on its way is there when the texts are read again.
const { enqueue } = useQueue();
const lastPlaces = new Map<string, Place>();

export type Writing = ReturnType<typeof createWriting>;
export function createWriting(sheet: string) {
  const view = shallowRef<WritingView | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const current = ref<Place | null>(null);
  /** What was typed and is not kept yet. */
  const typed = reactive(new Map<string, string>());
  const sending = reactive(new Set<string>());
  const refusals = reactive(new Map<string, Problem>());
  const counts = reactive(new Map<string, WritingCount>());
  /** Times of what was saved since the texts were read. */
  const times = reactive(new Map<string, string>());

  const document = computed(() => view.value?.documents.find((found) => found.place === current.value?.place) ?? null);
  const text = computed(() => document.value?.texts.find((found) => found.part === current.value?.part) ?? null);

  function kept(place: string, part: string): WritingText | undefined {
    return view.value?.documents.find((found) => found.place === place)?.texts.find((found) => found.part === part);
  }
  /** What the field shows. */
  const content = (place: string, part: string) => typed.get(keyOf(place, part)) ?? kept(place, part)?.text ?? "";
  function saving(place: string, part: string): Saving {
    const key = keyOf(place, part);
    if (refusals.has(key)) return "refused";
    if (sending.has(key)) return "sending";
    return typed.has(key) ? "typing" : "kept";
  }
  /** 字数 and loose references as last counted. */
  function countOf(document: WritingDocument, text: WritingText): WritingCount {
    const counted = counts.get(keyOf(document.place, text.part));
    return counted ?? { count: text.count, total: document.count, over: document.over, unresolved: text.unresolved };
  }
  function type(place: string, part: string, value: string): void {
    typed.set(keyOf(place, part), value);
  }
  function take(place: string, saved: WritingText, total: number, over: boolean): void {
    if (!view.value) return;
    const texts = (found: WritingDocument) => found.texts.map((text) => (text.part === saved.part ? saved : text));
    const documents = view.value.documents.map((found) => (found.place === place ? { ...found, texts: texts(found), count: total, over } : found));
    view.value = { ...view.value, documents };
  }
  /** Sends what was typed; what is refused stays in the field. */
  function save(place: string, part: string): Promise<void> {
    const key = keyOf(place, part);
    return enqueue(async () => {
      const value = typed.get(key);
      if (value === undefined) return;
      sending.add(key);
      try {
        const saved = await ask(commands.writeText(sheet, place, part, value));
        take(place, saved.text, saved.total, saved.over);
        times.set(key, saved.savedAt);
        refusals.delete(key);
        if (typed.get(key) !== value) return; // typed on meanwhile
        typed.delete(key);
        counts.delete(key);
      } catch (error) {
        refusals.set(key, problemOf(error));
      } finally {
        sending.delete(key);
      }
    });
  }
  async function saveAll(): Promise<void> {
    const places = [...typed.keys()].map((key) => key.split("\n"));
    await Promise.all(places.map(([place = "", part = ""]) => save(place, part)));
  }
  async function recount(place: string, part: string): Promise<void> {
    const key = keyOf(place, part);
    const value = typed.get(key);
    if (value === undefined) return;
    try {
      const counted = await ask(commands.countText(sheet, place, part, value));
      if (typed.get(key) === value) counts.set(key, counted);
    } catch {
      // The same refusal is told when the text is saved.
    }
  }
  function go(to: Place): void {
    current.value = to;
    lastPlaces.set(sheet, to);
  }
  function load(): Promise<void> {
    return enqueue(async () => {
      problem.value = null;
      try {
        view.value = await ask(commands.writings(sheet));
        const first = view.value.documents[0];
        const known = lastPlaces.get(sheet);
        if (known && kept(known.place, known.part)) current.value = known;
        else if (first?.texts[0]) current.value = { place: first.place, part: first.texts[0].part };
      } catch (error) {
        problem.value = problemOf(error);
      }
    });
  }
  return {
    view, problem, current, document, text, content, saving, countOf, type, save, saveAll, recount, go, load,
    writable: computed(() => view.value?.writable ?? false),
    refusal: (place: string, part: string) => refusals.get(keyOf(place, part)) ?? null,
    savedAt: (place: string, part: string) => times.get(keyOf(place, part)) ?? kept(place, part)?.savedAt ?? null,
  };
}

const KEY: InjectionKey<Writing> = Symbol("writing");
export function provideWriting(writing: Writing): Writing {
  provide(KEY, writing);
  return writing;
}
export function useWriting(): Writing {
  const writing = inject(KEY);
  if (!writing) throw new Error("useWriting outside of the writing view");
  return writing;
}
