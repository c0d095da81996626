// Masked and encrypted exports, keys and recipients, one more signature on a package.
import { mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ref } from "vue";
import { ask, commands } from "../src/api";
import { useHome } from "../src/composables/home";
import { useRecipients } from "../src/composables/recipients";
import { mockDesktop } from "../src/dev/mock";
import CountersignCard from "../src/exchange/CountersignCard.vue";
import KeysDialog from "../src/exchange/KeysDialog.vue";
import PackageOptions from "../src/exchange/PackageOptions.vue";
import VerifyView from "../src/home/VerifyView.vue";
import { i18n } from "../src/i18n";
import { body, put, settle } from "./page";

let wrapper: VueWrapper;
const THEIRS = `age1${"p".repeat(58)}`;
const check = (id: string) => body(id)?.querySelector("input")?.click();

beforeEach(async () => {
  window.history.replaceState({}, "", "/?identity");
  mockDesktop();
  await useHome().load();
  await useRecipients().load();
});
afterEach(() => wrapper.unmount());

function options() {
  const masked = ref<string[] | null>(null);
  const recipients = ref<string[] | null>(null);
  wrapper = mount(PackageOptions, {
    props: {
      sheet: "s1", packing: true, masked: null, recipients: null,
      "onUpdate:masked": (value: string[] | null) => { masked.value = value; void wrapper.setProps({ masked: value }); },
      "onUpdate:recipients": (value: string[] | null) => { recipients.value = value; void wrapper.setProps({ recipients: value }); },
    },
    global: { plugins: [i18n] }, attachTo: document.body,
  });
  return { masked, recipients };
}

describe("who may read a package", () => {
  it("offers the names that were found, and takes what the person makes of them", async () => {
    const { masked } = options();
    check("mask");
    await settle();
    expect(masked.value).toEqual(["李静", "王建国"]);
    put("mask-names", "王建国\n 赵敏 、\n");
    await settle();
    expect(masked.value).toEqual(["王建国", "赵敏"]);
    check("mask");
    await settle();
    expect(masked.value).toBeNull();
  });

  it("encrypts to the only recipient at once, and to nobody it forgot", async () => {
    const { recipients } = options();
    check("encrypt");
    await settle();
    expect(recipients.value).toEqual([]);
    expect(wrapper.text()).toContain("还没有记下收件人");
    check("encrypt");
    await useRecipients().add("办公室", THEIRS);
    await settle();
    check("encrypt");
    await settle();
    expect(recipients.value).toEqual([THEIRS]);
    await useRecipients().remove(THEIRS);
    await settle();
    expect(recipients.value).toEqual([]);
  });
});

describe("keys", () => {
  const open = async () => {
    wrapper = mount(KeysDialog, { props: { modelValue: true }, global: { plugins: [i18n] }, attachTo: document.body });
    await settle();
  };

  it("makes a key, shows its line and keeps the old one for old packages", async () => {
    await open();
    body("make-key")?.click();
    await settle();
    const first = body("own-key")?.textContent ?? "";
    expect(first).toMatch(/^age1.{58}$/);
    const written = vi.fn().mockResolvedValue(undefined);
    vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText: written } });
    body("copy-key")?.click();
    await settle();
    vi.unstubAllGlobals();
    expect(written).toHaveBeenCalledWith(first);
    document.querySelector<HTMLElement>(".keys__new")?.click();
    await settle();
    body("renew-key")?.click();
    await settle();
    expect(body("own-key")?.textContent).not.toBe(first);
    expect(body("keys-dialog")?.textContent).toContain("以前的 1 把");
  });

  it("keeps a recipient, says why a line is none, and asks before one is removed", async () => {
    await open();
    put("recipient-name", "办公室");
    put("recipient-key", "你好");
    await settle();
    body("add-recipient")?.click();
    await settle();
    expect(body("keys-problem")?.textContent).toContain("不是收件钥匙");
    put("recipient-key", THEIRS);
    await settle();
    body("add-recipient")?.click();
    await settle();
    expect(body("recipients")?.textContent).toContain("办公室");
    body("remove-办公室")?.click();
    await settle();
    expect(body("recipients")?.textContent).toContain("办公室");
    body("drop-办公室")?.click();
    await settle();
    expect(body("recipients")).toBeNull();
  });
});

describe("the record of a verification", () => {
  it("lists each check and copies a command by one click", async () => {
    const copied: string[] = [];
    vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText: (text: string) => Promise.resolve(void copied.push(text)) } });
    wrapper = mount(VerifyView, { props: { file: "/U盘/并州.hjp" }, global: { plugins: [i18n] }, attachTo: document.body });
    await settle();
    expect([...document.querySelectorAll('[data-testid="checks"] tbody tr')].map((row) => row.getAttribute("data-state"))).toEqual(Array(4).fill("passed"));
    body("copy-0")?.click();
    await settle();
    expect(copied).toEqual(["sha256sum -- '并州.hjp'"]);
    expect(body("copy-0")?.textContent).toBe("已复制");
    body("copy-all")?.click();
    await settle();
    expect(copied[1]?.split("\n")).toHaveLength(3);
    vi.unstubAllGlobals();
  });

  it("says of a damaged file what was not reached", async () => {
    wrapper = mount(VerifyView, { props: { file: "/U盘/坏.hjp" }, global: { plugins: [i18n] }, attachTo: document.body });
    await settle();
    const states = [...document.querySelectorAll('[data-testid="checks"] tbody tr')].map((row) => row.getAttribute("data-state"));
    expect(states).toEqual(["passed", "failed", "notReached", "notReached"]);
    body("export-record")?.click();
    await settle();
    expect((document.querySelector('[data-testid="save-name"] input, input[data-testid="save-name"]') as HTMLInputElement).value).toBe("坏.hjp-核验报告.pdf");
  });
});

describe("one more signature", () => {
  it("is put on a sound package and shown at once", async () => {
    wrapper = mount(VerifyView, { props: { file: "/U盘/并州.hjp" }, global: { plugins: [i18n] }, attachTo: document.body });
    await settle();
    expect(document.querySelectorAll('[data-testid="signer"]')).toHaveLength(1);
    put("countersign-passphrase", "滹沱河畔 2022");
    await settle();
    body("countersign-sign")?.click();
    await settle();
    expect(document.querySelectorAll('[data-testid="signer"]')).toHaveLength(2);
    expect(body("countersigned")?.textContent).toContain("2 个签名");
  });

  it("is not offered for a damaged one, nor twice for one identity", async () => {
    wrapper = mount(VerifyView, { props: { file: "/U盘/坏.hjp" }, global: { plugins: [i18n] }, attachTo: document.body });
    await settle();
    expect(body("countersign")).toBeNull();
    wrapper.unmount();
    const report = await ask(commands.verifyFile("/U盘/并州.hjp"));
    const identities = useHome().home.value?.identities ?? [];
    const signers = identities.map((identity) => ({ ...report.signers[0]!, fingerprint: identity.fingerprint }));
    wrapper = mount(CountersignCard, { props: { report: { ...report, signers } }, global: { plugins: [i18n] }, attachTo: document.body });
    await settle();
    put("countersign-passphrase", "滹沱河畔 2022");
    await settle();
    expect((body("countersign-sign") as HTMLButtonElement).disabled).toBe(true);
    expect(body("countersign-signed")).not.toBeNull();
  });
});
