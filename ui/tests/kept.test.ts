import { mount } from "@vue/test-utils";
import { describe, expect, it } from "vitest";
import { defineComponent, h, nextTick, ref, withDirectives } from "vue";
import { takeOver, vKept } from "../src/composables/kept";

describe("a field that is saved when it is left", () => {
  const kept = ref("2021.09");
  const redrawn = ref(0);
  const Cell = defineComponent(() => () => withDirectives(h("input", { title: String(redrawn.value) }), [[vKept, kept.value]]));
  const field = mount(Cell, { attachTo: document.body }).element as HTMLInputElement;
  const type = (text: string) => {
    field.value = text;
    field.dispatchEvent(new Event("input"));
  };
  it("keeps what is being typed when the answer to another change draws it again", async () => {
    expect(field.value).toBe("2021.09");
    type("20");
    redrawn.value += 1;
    await nextTick();
    kept.value = "2021.10";
    await nextTick();
    expect(field.value).toBe("20");
  });
  it("shows how it was kept once it was sent", async () => {
    type("2022.9.1");
    field.dispatchEvent(new Event("change"));
    kept.value = "2022-09-01";
    await nextTick();
    expect(field.value).toBe("2022-09-01");
  });
  it("shows what is recorded when the typing was given up", async () => {
    type("20");
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    redrawn.value += 1;
    await nextTick();
    expect(field.value).toBe("2022-09-01");
  });
});

describe("several fields that are kept together", () => {
  const before = { due: "", person: "" };
  const now = { due: "2022-09-01", person: "张明" };
  it("take over what was sent and what nobody changed", () => {
    const typed = { due: "2022.9.1", person: "张明" };
    takeOver(typed, now, before, { ...typed });
    expect(typed).toEqual(now);
  });
  it("leave what was typed after it was sent", () => {
    const typed = { due: "2", person: "张明" };
    takeOver(typed, { due: "", person: "张明" }, before, { due: "", person: "张明" });
    expect(typed.due).toBe("2");
  });
});
