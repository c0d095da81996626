import { flushPromises, mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { ask, commands } from "../src/api";
import { useHome } from "../src/composables/home";
import SheetFrame from "../src/desk/SheetFrame.vue";
import { mockDesktop } from "../src/dev/mock";
import { i18n } from "../src/i18n";

let wrapper: VueWrapper;
const body = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const settle = async () => {
  await flushPromises();
  await new Promise((resolve) => setTimeout(resolve, 20));
  await flushPromises();
};
afterEach(() => wrapper?.unmount());

describe("format of files", () => {
  it("marks each file that can be checked and lists what to change", async () => {
    window.history.replaceState({}, "", "/");
    mockDesktop();
    await useHome().load();
    const desk = await ask(commands.openSheet("s1"));
    wrapper = mount(SheetFrame, { props: { desk, at: null, tab: "evidence", texts: 0 }, global: { plugins: [i18n] }, attachTo: document.body });
    await settle();
    expect(body("format-e3")?.textContent).toBe("格式合规");
    expect(body("format-e2")?.textContent).toBe("格式提示 1");
    expect(body("format-e8")?.textContent).toBe("格式 2 处");
    expect(body("format-e7")).toBeNull(); // the file is missing
    body("format-e8")?.click();
    await settle();
    const dialog = body("format-dialog")?.textContent ?? "";
    for (const part of ["必须改 1 处，应当改 1 处，提示 1 处", "正文用了 宋体", "第 6 段", "等 8 处", "把中文字体改为 仿宋", "附件5 正文"]) expect(dialog).toContain(part);
  });
});
