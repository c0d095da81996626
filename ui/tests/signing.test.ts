// Signing: a name drawn by hand, passphrases of a sitting, one more signature on a PDF, cells that differ.
import { mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { nextTick } from "vue";
import { ask, commands } from "../src/api";
import { useHome } from "../src/composables/home";
import SheetFrame from "../src/desk/SheetFrame.vue";
import { mockDesktop } from "../src/dev/mock";
import VerifyView from "../src/home/VerifyView.vue";
import { i18n } from "../src/i18n";
import { boxOf, pathOf } from "../src/signing/strokes";
import { body, put, settle } from "./page";

let wrapper: VueWrapper;
async function start(search: string): Promise<void> {
  window.history.replaceState({}, "", `/?${search}`);
  mockDesktop();
  await useHome().load();
}
async function documents(search: string): Promise<void> {
  await start(search);
  const desk = await ask(commands.openSheet("s1"));
  wrapper = mount(SheetFrame, { props: { desk, at: null, tab: "documents", texts: 0 }, global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
}
async function verified(file: string, search: string): Promise<void> {
  await start(search);
  wrapper = mount(VerifyView, { props: { file }, global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
}
/** A pointer over the pad, whose upper left corner is the page's and which is as large as its own units. */
function pointer(kind: string, x: number, y: number, id = 1): void {
  const pad = body("signature-pad")!;
  pad.setPointerCapture = () => undefined;
  pad.getBoundingClientRect = () => new DOMRect(0, 0, 1200, 400);
  pad.dispatchEvent(new PointerEvent(kind, { pointerId: id, clientX: x, clientY: y, button: 0, bubbles: true }));
}
async function draw(): Promise<void> {
  body("draw-signature")?.click();
  await settle();
  pointer("pointerdown", 100, 100);
  for (let x = 120; x <= 300; x += 20) pointer("pointermove", x, 150);
  // A second finger draws nothing.
  pointer("pointerdown", 900, 300, 2);
  pointer("pointermove", 950, 350, 2);
  pointer("pointerup", 300, 150);
  await nextTick();
}

afterEach(() => wrapper.unmount());

describe("a drawn signature", () => {
  it("is lines in the pad's units, drawn by one pointer at a time, and can be taken back", async () => {
    await documents("phase=finalised&identity");
    expect(body("drawn-choice")?.textContent).toContain("没有手写签名");
    await draw();
    const drawn = () => [...document.querySelectorAll(".pad__ink")].filter((path) => path.getAttribute("d") !== "");
    expect(drawn()).toHaveLength(1);
    body("pad-back")?.click();
    await nextTick();
    expect(drawn()).toHaveLength(0);
    expect(body("take-drawing")?.hasAttribute("disabled")).toBe(true);
  });
  it("is kept with the identity when wished, left out for once, and deleted", async () => {
    await documents("phase=finalised&identity");
    await draw();
    body("take-drawing")?.click();
    await settle();
    expect((await ask(commands.signing()))[0]?.drawn?.strokes[0]?.[0]).toEqual([100, 100]);
    expect(body("drawn-choice")?.textContent).toContain("已记在这个身份下");
    body("without-drawing")?.click();
    await settle();
    expect(body("drawn-picture")).toBeNull();
    body("use-drawing")?.click();
    await settle();
    expect(body("drawn-picture")).not.toBeNull();
    body("forget-drawing")?.click();
    await settle();
    expect((await ask(commands.signing()))[0]?.drawn).toBeNull();
    expect(body("drawn-picture")).toBeNull();
  });
  it("is used once when it is not to be kept", async () => {
    await documents("phase=finalised&identity");
    await draw();
    const keep = body("keep-drawing") as HTMLInputElement;
    keep.click();
    await settle();
    body("take-drawing")?.click();
    await settle();
    expect((await ask(commands.signing()))[0]?.drawn).toBeNull();
    expect(body("drawn-choice")?.textContent).toContain("只用这一次");
  });
  it("becomes a path through its points and a box around them", () => {
    expect(pathOf([[0, 0], [10, 20]])).toBe("M0 0Q0 0 5 10L10 20");
    expect(pathOf([])).toBe("");
    expect(boxOf({ strokes: [[[20, 30], [60, 50]]] })).toBe("8 18 64 44");
  });
});

describe("one more signature on a PDF", () => {
  it("goes to a file of its own, named after the signer, and asks for the passphrase once", async () => {
    await verified("/media/usb/打分表.pdf", "identity");
    body("sign-another")?.click();
    await settle();
    expect((body("sign-target") as HTMLInputElement).value).toBe("/media/usb/打分表-周敏签.pdf");
    body("sign-pdf")?.click();
    await settle();
    expect(document.body.textContent).toContain("请输入口令");
    put("sign-passphrase", "wrong");
    body("sign-pdf")?.click();
    await settle();
    expect(body("sign-problem")?.textContent).toContain("口令不对");
    put("sign-passphrase", "the right one");
    body("sign-pdf")?.click();
    await settle();
    expect(body("pdf-signed")?.textContent).toContain("打分表-周敏签.pdf");
    body("sign-close")?.click();
    await settle();
    expect(document.querySelector(".verdict__path")?.textContent).toContain("打分表-周敏签.pdf");
    body("sign-another")?.click();
    await settle();
    expect(body("sign-passphrase")).toBeNull();
    expect(body("passphrase-open")).not.toBeNull();
  });
  it("begins with an identity where there is none", async () => {
    await verified("/media/usb/打分表.pdf", "");
    body("sign-another")?.click();
    await settle();
    expect(body("identity-form")).not.toBeNull();
    expect(body("sign-pdf")).toBeNull();
  });
  it("is not offered for what is damaged, differs, or is no PDF", async () => {
    for (const file of ["/坏.pdf", "/改.pdf", "/包.hjp"]) {
      await verified(file, "identity");
      expect(body("sign-another")).toBeNull();
      wrapper.unmount();
    }
    await verified("/好.pdf", "identity");
  });
});

describe("a PDF that prints what does not follow", () => {
  it("names each place with what stands there and what should", async () => {
    await verified("/改.pdf", "");
    expect(body("verdict")?.dataset.verdict).toBe("differs");
    const rows = [...document.querySelectorAll("[data-testid=difference]")].map((row) => row.textContent);
    expect(rows[0]).toMatch(/所附数据.*总分812806/);
    expect(rows[1]).toMatch(/第 6 页.*考风考纪.*82/);
  });
});
