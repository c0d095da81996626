import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { flushPromises, mount } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defineComponent, h, ref } from "vue";
import ShortcutsDialog from "../src/components/ShortcutsDialog.vue";
import { guardComposition, isComposing } from "../src/composables/composition";
import { useIdle } from "../src/composables/idle";
import { keyName, useKeys } from "../src/composables/keyboard";
import { primaryButton, usePrimaryKey } from "../src/composables/primary";
import { MARK_BEGINS, SHORTCUTS, keyCap } from "../src/composables/shortcuts";
import { i18n } from "../src/i18n";

type Shortcut = { action: string; keys: readonly string[]; shown?: readonly string[]; within?: string };
const all: Shortcut[] = SHORTCUTS.flatMap(({ shortcuts }) => [...shortcuts]);
function sources(folder: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["i18n", "dev"].includes(entry.name) ? [] : sources(path);
    return /\.(vue|ts)$/.test(entry.name) && entry.name !== "shortcuts.ts" ? [[path, readFileSync(path, "utf8")]] : [];
  });
}

describe("the sheet of shortcuts", () => {
  it("has no key twice but where a key means the same in another view", () => {
    const keys = all.filter(({ within }) => within === undefined).flatMap((shortcut) => [...shortcut.keys]);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
  it("lists only keys that the code listens to", () => {
    const code = sources("src");
    for (const { keys, within, action } of all) {
      if (within === "native") continue;
      if (within !== undefined) {
        const file = code.find(([path]) => path.endsWith(within))?.[1] ?? "";
        for (const key of keys) expect(file, `${action} in ${within}`).toContain(key === "Shift+Enter" ? "shiftKey" : `"${key}"`);
        continue;
      }
      for (const key of keys.filter((key) => !(MARK_BEGINS as readonly string[]).includes(key))) {
        const heard = code.some(([, text]) => text.includes(`"${key}"`) || new RegExp(`^\\s*${key.replace(/[+?]/g, "\\$&")}: `, "m").test(text));
        expect(heard, `${action}: ${key}`).toBe(true);
      }
    }
  });
  it("shows every action in both languages", async () => {
    for (const locale of ["zh", "en"] as const) {
      i18n.global.locale.value = locale;
      const wrapper = mount(ShortcutsDialog, { props: { modelValue: true }, global: { plugins: [i18n] }, attachTo: document.body });
      await flushPromises();
      const text = document.body.textContent ?? "";
      for (const { action } of all) expect(text).toContain(i18n.global.t(`keys.${action}`));
      expect(text).not.toContain("keys.");
      wrapper.unmount();
    }
    i18n.global.locale.value = "zh";
  });
  it("writes keys as they are printed on the keyboard", () => {
    expect([keyCap("Ctrl+Shift+Z"), keyCap("F9"), keyCap("?"), keyCap("Ctrl++")]).toEqual(["Ctrl Shift Z", "F9", "?", "Ctrl"]);
    expect(keyName(new KeyboardEvent("keydown", { key: "n", shiftKey: true }))).toBe("Shift+N");
    expect(keyName(new KeyboardEvent("keydown", { key: "1", altKey: true }))).toBe("Alt+1");
  });
});

describe("an input method", () => {
  let stop: () => void;
  beforeEach(() => {
    stop = guardComposition();
  });
  afterEach(() => stop());
  const key = (field: HTMLElement, options: KeyboardEventInit & { keyCode?: number }) => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...options }));

  it("has every key to itself while it composes, and the Enter that confirms a word", () => {
    const heard: string[] = [];
    const wrapper = mount(
      defineComponent(() => {
        useKeys({ Enter: () => void heard.push("view"), N: () => void heard.push("n") });
        return () => h("input", { onKeydown: () => heard.push("field") });
      }),
      { attachTo: document.body },
    );
    const field = wrapper.element as HTMLElement;
    field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    field.dispatchEvent(new CompositionEvent("compositionupdate", { bubbles: true, data: "cheng" }));
    key(field, { key: "n" });
    key(field, {});
    field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "诚" }));
    key(field, { keyCode: 229 }); // some web views send it after the end
    expect(heard).toEqual([]);
    key(field, {});
    expect(heard).toEqual(["field", "view"]);
    wrapper.unmount();
  });
  it("is not interrupted by a pause: half a word is not saved", () => {
    vi.useFakeTimers();
    const saved = vi.fn();
    const wrapper = mount(
      defineComponent(() => {
        const idle = useIdle(saved, 100);
        return () => h("input", { onInput: idle.touch });
      }),
      { attachTo: document.body },
    );
    const field = wrapper.element as HTMLElement;
    field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    field.dispatchEvent(new Event("input", { bubbles: true }));
    vi.advanceTimersByTime(1000);
    expect(isComposing()).toBe(true);
    expect(saved).not.toHaveBeenCalled();
    field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "诚" }));
    vi.advanceTimersByTime(150);
    expect(saved).toHaveBeenCalledOnce();
    wrapper.unmount();
    vi.useRealTimers();
  });
});

describe("the primary action", () => {
  it("is done by Ctrl+Enter once, after what was typed was sent", async () => {
    const done: string[] = [];
    const off = ref(true);
    const wrapper = mount(
      defineComponent(() => {
        usePrimaryKey();
        return () => h("div", [h("input", { onBlur: () => done.push("sent") }), h("button", { class: "btn btn--primary", disabled: off.value, onClick: () => done.push("done") })]);
      }),
      { attachTo: document.body },
    );
    vi.spyOn(HTMLElement.prototype, "getClientRects").mockReturnValue([{}] as unknown as DOMRectList);
    const press = async (repeat = false) => {
      window.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, cancelable: true, repeat }));
      await flushPromises();
    };
    await press();
    expect([done, primaryButton()]).toEqual([[], null]);
    off.value = false;
    await flushPromises();
    wrapper.get("input").element.focus();
    await press();
    await press(true);
    expect(done).toEqual(["sent", "done"]);
    wrapper.unmount();
    vi.restoreAllMocks();
  });
});
