// Identities and trust: steps by role, digits that are heard, one door for files, and what verification offers.
import { mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { digitsOf, heardEnough, useTrust } from "../src/composables/trust";
import { useHome } from "../src/composables/home";
import { mockDesktop } from "../src/dev/mock";
import { TRUST_SPOKEN } from "../src/dev/trust";
import ImportDialog from "../src/home/ImportDialog.vue";
import { i18n } from "../src/i18n";
import TrustPage from "../src/trust/TrustPage.vue";
import { body, click, fill, settle } from "./page";

let wrapper: VueWrapper;
async function page(search: string): Promise<void> {
  window.history.replaceState({}, "", `/?${search}`);
  mockDesktop();
  useTrust().view.value = null;
  await useHome().load();
  wrapper = mount(TrustPage, { global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
}
afterEach(() => wrapper?.unmount());

describe("what was heard", () => {
  it("counts digits of any width and lets a whole fingerprint stand for them", () => {
    expect(digitsOf("１２ 34-5")).toBe("12345");
    expect(heardEnough(TRUST_SPOKEN)).toBe(true);
    expect(heardEnough(TRUST_SPOKEN.slice(1))).toBe(false);
    expect(heardEnough("ab 12 ".repeat(16))).toBe(true);
    expect(heardEnough("ab 12 ".repeat(15))).toBe(false);
  });
});

describe("the page of trust", () => {
  it("leads an expert from an identity over the request to an office that is registered", async () => {
    await page("role=expert");
    expect(body("step-make")?.dataset.state).toBe("now");
    expect(body("step-request")?.dataset.state).toBe("later");
    await fill("identity-name", "孟雪琴");
    await fill("identity-organisation", "第二专家组");
    await fill("identity-passphrase", "correct horse");
    await fill("identity-passphrase-again", "correct horse");
    await click("create-identity");
    expect(body("step-make")?.dataset.state).toBe("done");
    expect(body("own-facts")?.textContent).toContain("04217");
    await click("request");
    await fill("hand-directory", "/media/U盘");
    await fill("hand-passphrase", "correct horse");
    await click("hand-write");
    expect(body("handed")?.textContent).toContain("证书申请");
    await click("hand-close");
    expect(body("step-take")?.dataset.state).toBe("now");
    await fill("received-path", "/media/U盘/本人.crt");
    await click("look");
    await click("received-import");
    expect(body("step-take")?.dataset.state).toBe("done");
    await click("accept-office");
    await fill("heard", "1".repeat(30));
    await click("accept");
    expect(body("accept-dialog")?.textContent).toContain("第 1 组");
    await fill("heard", TRUST_SPOKEN);
    await click("accept");
    expect(body("step-accept")?.dataset.state).toBe("done");
  });

  it("makes an SM2 identity on purpose only, and says what it is not and what signs PDFs", async () => {
    await page("role=expert");
    expect(body("algorithm-p256")?.getAttribute("aria-checked")).toBe("true");
    expect(body("algorithm-uncertified")).toBeNull();
    await click("algorithm-sm2");
    expect(body("algorithm-hint")?.textContent).toContain("PDF");
    expect(body("algorithm-uncertified")?.textContent).toContain("未经国家密码管理部门检测认证");
    await fill("identity-name", "孟雪琴");
    await fill("identity-organisation", "第二专家组");
    await fill("identity-passphrase", "correct horse");
    await fill("identity-passphrase-again", "correct horse");
    await click("create-identity");
    expect(useHome().home.value?.identities[0]).toMatchObject({ algorithm: "sm2", pdf: "31D2 0B7F 88C4 19EA" });
    expect(body("facts-algorithm")?.textContent).toMatch(/SM2.*未经国家密码管理部门检测认证/s);
    expect(body("own-beside")?.textContent).toContain("P-256");
    const choice = body("own-choice") as HTMLSelectElement;
    expect([...choice.options].map((option) => option.text)).toEqual([expect.stringContaining("SM2"), expect.stringContaining("签 PDF")]);
    choice.selectedIndex = 1;
    choice.dispatchEvent(new Event("change"));
    await settle();
    expect(body("facts-algorithm")?.textContent).toBe("P-256");
    await fill("received-path", "/media/U盘/SM2申请.csr");
    await click("look");
    expect(body("received-sm2")).not.toBeNull();
  });

  it("puts an office's work first for an office, and issues only what was heard", async () => {
    await page("office&role=office");
    await useHome().load();
    if (body("office-steps") === null) await click("be-office");
    await fill("founding-name", "督导评估办公室");
    await click("create-office");
    expect(body("founding-form")?.textContent).toContain("8");
    await fill("founding-organisation", "县教体局");
    await fill("founding-passphrase", "correct horse");
    await fill("founding-again", "correct horse");
    await click("create-office");
    expect(body("step-found")?.dataset.state).toBe("done");
    await fill("received-path", "/media/U盘/申请.csr");
    await click("look");
    await click("received-issue");
    await click("issue");
    expect(body("issue-dialog")?.textContent).toContain("30");
    await fill("issue-heard", TRUST_SPOKEN);
    await fill("issue-passphrase", "correct horse");
    await fill("issue-directory", "/media/U盘");
    await click("issue");
    await click("issue-close");
    expect(body("issued")?.textContent).toContain("孟雪琴");
  });

  it("lists who waits first, takes off with a reason, and says a wrong clock with both times", async () => {
    await page("clock");
    expect(body("clock-problem")?.textContent).toMatch(/2019.*2026/s);
    expect(wrapper.findAll("[data-testid^=trusted-][data-testid]").length).toBeGreaterThan(2);
    await click("trusted-withdraw");
    await fill("withdraw-reason", "换了单位");
    await click("withdraw");
    expect(body("trust-list")?.textContent).toContain("换了单位");
    expect(body("said")?.textContent).toContain("周敏");
  });

  it("says what the list is for while it is empty", async () => {
    await page("empty");
    expect(body("trust-empty")).not.toBeNull();
  });
});

describe("importing from someone who was not compared", () => {
  it("waits for the digits or for a word that it is done on purpose", async () => {
    window.history.replaceState({}, "", "/");
    mockDesktop();
    wrapper = mount(ImportDialog, { props: { file: "/media/新.hjp", modelValue: false }, global: { plugins: [i18n] }, attachTo: document.body });
    await wrapper.setProps({ modelValue: true });
    await settle();
    expect((body("import") as HTMLButtonElement).disabled).toBe(true);
    expect(body("compare")).not.toBeNull();
    body("import-unverified")?.querySelector("input")?.click();
    await settle();
    expect((body("import") as HTMLButtonElement).disabled).toBe(false);
  });
});
