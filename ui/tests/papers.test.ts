import { flushPromises, mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ask, commands } from "../src/api";
import type { SheetState } from "../src/api";
import { useHome } from "../src/composables/home";
import { useSettings } from "../src/composables/settings";
import SheetFrame from "../src/desk/SheetFrame.vue";
import { mockDesktop } from "../src/dev/mock";
import { fileName } from "../src/documents/papers";
import { i18n } from "../src/i18n";
import { TRUE_SIZE, edges, nextZoom, pageAt, scaleOf, stays, wanted } from "../src/preview/layout";
import type { Page, Pdf } from "../src/preview/pdf";

// Pictures need a real window (tests/journeys); here pages only tell that they were drawn, given up or let go.
const said: string[] = [];
let refuseToRead = false;
vi.mock("../src/preview/pdf", () => ({
  openPdf: async (bytes: ArrayBuffer): Promise<Pdf> => {
    if (refuseToRead) throw new Error("no xref");
    const count = Number(/\/Count (\d+)/.exec(new TextDecoder().decode(bytes))?.[1]);
    const page = (number: number): Page => ({
      width: 595, height: 842,
      draw: ({ scale }) => {
        said.push(`draw ${number} at ${Math.round((scale / TRUE_SIZE) * 100)}`);
        return { done: Promise.resolve(true), cancel: () => undefined };
      },
      release: () => void said.push(`release ${number}`),
    });
    return { pages: Array.from({ length: count }, (_, index) => page(index + 1)), close: () => void said.push("close") };
  },
}));

let wrapper: VueWrapper;
const body = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const input = (id: string) => body(id) as HTMLInputElement;
function fill(id: string, text: string): void {
  input(id).value = text;
  input(id).dispatchEvent(new Event("input", { bubbles: true }));
}
const settle = async () => {
  for (let turn = 0; turn < 4; turn += 1) {
    await flushPromises();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
const press = (key: string) => window.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey: true, cancelable: true }));
async function open(): Promise<void> {
  mockDesktop();
  await useHome().load();
  const desk = await ask(commands.openSheet("s1"));
  wrapper = mount(SheetFrame, { props: { desk, at: null, tab: "papers", texts: 0 }, global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
}
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(900);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(700);
  said.length = 0;
  refuseToRead = false;
  useSettings().change({ directory: "", documentProfile: "oucsx-2021", documentFonts: "system" });
});
afterEach(() => {
  wrapper?.unmount();
  vi.restoreAllMocks();
});

describe("the list of documents", () => {
  it("shows what a rubric has, and the pages of the first that can be made", async () => {
    await open();
    expect(body("paper-score-sheet")?.textContent).toContain("定稿以后再出一次");
    expect(body("paper-conformance"), "not of this rubric").toBeNull();
    expect(body("preview-title")?.textContent).toBe("打分表");
    expect(body("preview-pages")?.textContent).toBe("3");
  });
  it("says why a document cannot be made and leads to where that is mended", async () => {
    await open();
    expect(body("export-self-report-pdf")).toBeNull();
    body("preview-self-report")?.click();
    await settle();
    expect(body("preview-missing")?.textContent).toContain("先在写作里写自评报告");
    expect(body("preview-pages")).toBeNull();
    body("go-self-report")?.click();
    await settle();
    expect(body("tab-writing")?.getAttribute("aria-selected")).toBe("true");
  });
  it("gives the chosen options to preview and export", async () => {
    await open();
    const preview = vi.spyOn(commands, "previewDocument");
    const exported = vi.spyOn(commands, "exportDocument");
    const choose = (id: string, value: string) => {
      input(id).value = value;
      input(id).dispatchEvent(new Event("change", { bubbles: true }));
    };
    choose("paper-profile", "gbt-9704-2012");
    choose("paper-fonts", "bundled");
    body("preview-summary")?.click();
    await settle();
    const options = { department: null, indicator: null, profile: "gbt-9704-2012", fonts: "bundled", seal: null };
    expect(preview).toHaveBeenLastCalledWith("s1", "summary", options);
    choose("indicator-summary", "4.5");
    await settle();
    expect(preview).toHaveBeenLastCalledWith("s1", "summary", { ...options, indicator: "4.5" });
    body("export-catalogue-docx")?.click();
    await settle();
    fill("save-folder", "/media/usb");
    await settle();
    body("save")?.click();
    await settle();
    expect(exported).toHaveBeenLastCalledWith("s1", "catalogue", "docx", "/media/usb/并州分校-2026-支撑材料目录.docx", false, options);
  });
  it("asks before it overwrites, and shows the file with its size", async () => {
    await open();
    body("export-catalogue-xlsx")?.click();
    await settle();
    fill("save-folder", "/there");
    await settle();
    body("save")?.click();
    await settle();
    expect(body("file-exists")?.textContent).toContain("/there/并州分校-2026-支撑材料目录.xlsx");
    expect(body("saved")).toBeNull();
    body("replace-file")?.click();
    await settle();
    expect(body("saved")?.textContent).toContain("214 KB");
    expect(body("made-catalogue")?.textContent).toContain("/there/并州分校-2026-支撑材料目录.xlsx");
  });
  it("proposes names that every file system takes", () => {
    const sheet = { unit: "甲/乙:分校*", year: 2026 } as SheetState;
    expect(fileName(sheet, "自评报告", "docx")).toBe("甲_乙_分校_-2026-自评报告.docx");
  });
});

describe("the preview", () => {
  it("says what, where and what to do when a document cannot be printed, and shows the next one", async () => {
    await open();
    body("preview-schedule")?.click();
    await settle();
    for (const part of ["𮯠", "第 3 行", "换成常用的写法"]) expect(body("preview-problem")?.textContent).toContain(part);
    body("preview-catalogue")?.click();
    await settle();
    expect(body("preview-problem")).toBeNull();
    expect(body("preview-pages")?.textContent).toBe("3");
  });
  it("says so when the pages cannot be read", async () => {
    refuseToRead = true;
    await open();
    expect(body("preview-problem")?.textContent).toContain("这份文书显示不出来");
    expect(body("preview-problem")?.textContent).toContain("no xref");
    refuseToRead = false;
    body("preview-problem")?.querySelector("button")?.click();
    await settle();
    expect(body("preview-pages")?.textContent).toBe("3");
  });
  it("gives up what was asked for when another document is chosen", async () => {
    await open();
    said.length = 0;
    body("preview-score-report")?.click();
    body("preview-catalogue")?.click();
    await settle();
    expect(body("preview-title")?.textContent).toBe("支撑材料目录");
    expect(body("preview-pages")?.textContent).toBe("3");
    expect(said.filter((word) => word === "close").length, "the old one is let go").toBeGreaterThan(0);
  });
  it("draws pages near the one that is read and lets go of the others", async () => {
    await open();
    body("preview-score-report")?.click();
    await settle();
    expect(document.querySelectorAll("[data-testid^=preview-page-]")).toHaveLength(2);
    said.length = 0;
    fill("preview-page", "60");
    input("preview-page").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    await settle();
    expect(said.filter((word) => word.startsWith("draw")).map((word) => word.split(" at ")[0]).sort()).toEqual(["draw 58", "draw 59", "draw 60"]);
    expect(said).toContain("release 1");
    expect(input("preview-page").value).toBe("60");
    fill("preview-page", "61");
    input("preview-page").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    await settle();
    expect(input("preview-page").value, "there is no such page").toBe("60");
  });
  it("zooms by keys between half and double size", async () => {
    await open();
    for (let times = 0; times < 14; times += 1) {
      press("+");
      await settle();
    }
    expect(body("zoom")?.textContent).toBe("200 %");
    expect((body("zoom-in") as HTMLButtonElement).disabled).toBe(true);
    for (let times = 0; times < 14; times += 1) {
      press("-");
      await settle();
    }
    expect(body("zoom")?.textContent).toBe("50 %");
    press("0");
    await settle();
    expect(body("zoom-fit")?.getAttribute("aria-pressed")).toBe("true");
  }, 10_000);
});

describe("where pages stand", () => {
  const pages = Array.from({ length: 60 }, () => ({ width: 600, height: 800 }));
  it("fits the widest page, within half and double size", () => {
    expect(scaleOf("width", pages, 632)).toBe(1);
    expect(scaleOf("width", [...pages, { width: 1200, height: 800 }], 1232)).toBe(1);
    expect(scaleOf("width", pages, 60) / TRUE_SIZE).toBe(0.5);
    expect(scaleOf("width", pages, 9000) / TRUE_SIZE).toBe(2);
    expect(scaleOf(1.25, pages, 60)).toBe(1.25 * TRUE_SIZE);
  });
  it("steps from any fitting size to the next round one", () => {
    expect(nextZoom(1.16 * TRUE_SIZE, 1)).toBe(1.25);
    expect(nextZoom(1.16 * TRUE_SIZE, -1)).toBe(1.1);
    expect(nextZoom(2 * TRUE_SIZE, 1)).toBe(2);
  });
  it("draws what is seen and one page around it, and keeps a few more", () => {
    const tops = edges(pages, 1);
    expect([pageAt(tops, 0), pageAt(tops, 832), pageAt(tops, 10 ** 9)]).toEqual([0, 1, 59]);
    const span = wanted(tops, 8160, 8900);
    expect(span).toEqual({ first: 8, last: 11 });
    expect([stays(5, span), stays(4, span), stays(14, span), stays(15, span)]).toEqual([true, false, true, false]);
    expect(wanted(edges([], 1), 0, 700)).toEqual({ first: 0, last: 0 });
  });
});
