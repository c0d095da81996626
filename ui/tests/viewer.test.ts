import { flushPromises, mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ask, commands } from "../src/api";
import { useHome } from "../src/composables/home";
import SheetFrame from "../src/desk/SheetFrame.vue";
import { mockDesktop } from "../src/dev/mock";
import { i18n } from "../src/i18n";
import type { Pdf, Source } from "../src/preview/pdf";
import { folded, pageIn } from "../src/viewer/look";
import { nextPictureZoom, pictureScale, turned } from "../src/viewer/picture";

// Pictures of pages need a real window (tests/journeys).
const asked: Source[] = [];
vi.mock("../src/preview/pdf", () => ({
  openPdf: async (source: Source): Promise<Pdf> => {
    asked.push(source);
    const page = { width: 595, height: 842, draw: () => ({ done: Promise.resolve(true), cancel: () => undefined }), release: () => undefined };
    return { pages: Array.from({ length: 12 }, () => page), close: () => undefined };
  },
}));

let wrapper: VueWrapper;
const body = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const settle = async () => {
  for (let turn = 0; turn < 6; turn += 1) {
    await flushPromises();
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
};
const press = (key: string) => body("viewer")?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

beforeEach(async () => {
  vi.stubGlobal("innerWidth", 1366); // wide enough for the pane
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(300);
  folded.value = false;
  asked.length = 0;
  mockDesktop();
  await useHome().load();
  const desk = await ask(commands.openSheet("s1"));
  wrapper = mount(SheetFrame, { props: { desk, at: "4.5.3-4", tab: "desk", texts: 0 }, global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
});
afterEach(() => {
  wrapper.unmount();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("the pane of the desk", () => {
  it("shows the first piece of the point without being asked, by pieces of the file", () => {
    expect(body("viewer-name")?.textContent).not.toBe("");
    expect(body("preview-pages")?.textContent).toBe("12");
    expect(asked.at(-1), "never the whole file").toHaveProperty("read");
  });
  it("is enlarged and made small again by keys, and goes to the next piece", async () => {
    const first = body("viewer-name")?.textContent;
    press(" ");
    await settle();
    expect(body("viewer")?.getAttribute("role")).toBe("dialog");
    press("ArrowRight");
    await settle();
    expect(body("viewer-name")?.textContent).not.toBe(first);
    press("Escape");
    await settle();
    expect(body("viewer")?.getAttribute("role")).toBe("region");
  });
  it("is folded away and comes back when it is asked for", async () => {
    body("viewer-close")?.click();
    await settle();
    expect(body("viewer")).toBeNull();
    body("viewer-show")?.click();
    await settle();
    expect(body("viewer")).not.toBeNull();
  });
});

describe("numbers of pages and sizes of pictures", () => {
  it("finds the page that a use points to", () => {
    expect(["第3页", "p. 12", "第１５页至20页", "附件", "", undefined, "第0页"].map(pageIn)).toEqual([3, 12, 15, null, null, null, null]);
  });
  it("fits pictures, and turns them", () => {
    expect(turned({ width: 4, height: 3 }, 1)).toEqual({ width: 3, height: 4 });
    expect(pictureScale("fit", { width: 1000, height: 500 }, { width: 250, height: 250 })).toBe(0.25);
    expect(pictureScale("fit", { width: 100, height: 50 }, { width: 250, height: 250 })).toBe(1);
    expect(pictureScale(2, { width: 100, height: 50 }, { width: 250, height: 250 })).toBe(2);
    expect([nextPictureZoom(0.3, 1), nextPictureZoom(0.3, -1), nextPictureZoom(4, 1), nextPictureZoom(0.05, -1)]).toEqual([0.33, 0.25, 4, 0.05]);
  });
});
