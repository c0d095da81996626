// Answers about keys, masked copies and signatures on packages, in a plain browser.
import type { CountersignReport, ExportedFile, KeysView, Problem, SignerView, VerificationView, VerifyReport } from "../bindings";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;

const unreadable = (found: string): Problem => ({ code: "package.recipient-unreadable", what: `“${found}”不是收件钥匙，没有记下`, place: "收件钥匙是以 age1 开头的一行，共 62 个字母和数字。", todo: "请对方在“收件钥匙”里复制整行，再粘贴一次。" });
const key = (letter: string) => `age1${letter.repeat(58)}`;

/** The record of a file: each check, and how to repeat it. */
function recordOf(verification: VerifyReport): VerificationView {
  const bad = !["trusted", "signer-unknown"].includes(verification.verdict);
  const name = verification.path.split("/").at(-1) ?? "";
  return {
    verification, name, size: "17.9 MB", bytes: "18769920", sha256: "9f31c07e".repeat(8), kind: "交换包", at: "2026-11-22 14:32:08 UTC+08:00", program: "hengjian 0.1.0", rules: "交换包格式 1（docs/formats/package.md）",
    meaning: "内容完整，签名有效，签名人是本机认识的，可以采用。",
    checks: [
      { name: "压缩包", state: "passed", outcome: "通过", note: "完整；没有越界的文件名、链接、重名和夹带", clause: "package.md 读包的规矩" },
      { name: "逐件核对", state: bad ? "failed" : "passed", outcome: bad ? "不通过" : "通过", note: bad ? "有 1 个文件与清单不符" : "每个文件的 SHA-256 与清单相符，不多不少", clause: "RFC 8493，RFC 8785" },
      { name: "签名", state: bad ? "notReached" : "passed", outcome: bad ? "没有做到" : "通过", note: bad ? "前面的核验没有通过，没有做到这一步" : "与内容相符，签名以后一个字节也没有变", clause: "RFC 5652" },
      { name: "签名人", state: verification.verdict === "signer-unknown" ? "person" : bad ? "notReached" : "passed", outcome: verification.verdict === "signer-unknown" ? "待人核对" : bad ? "没有做到" : "通过", note: "本机登记过，或由登记过的办公室签发", clause: "本机的信任名单" },
    ],
    commands: [
      { purpose: "文件就是这一份", line: `sha256sum -- '${name}'`, expected: "9f31c07e".repeat(8) },
      { purpose: "拆开", line: `LC_ALL=C.UTF-8 unzip -q '${name}' -d 核验 && cd 核验/*/`, expected: "" },
    ],
  };
}

export function exchangeAnswers(verified: (path: string) => VerifyReport): Record<string, (args: Args) => unknown> {
  const added = new Map<string, SignerView[]>();
  const whole = (path: string): VerifyReport => {
    const report = verified(path);
    return { ...report, signers: [...report.signers, ...(added.get(path) ?? [])] };
  };
  let view: KeysView = { own: null, made: "", older: 0, recipients: [] };
  return {
    keys: () => view,
    make_key: () => (view = { ...view, older: view.own === null ? 0 : view.older + 1, own: key(view.own === null ? "q" : "z"), made: "2026-11-22" }),
    add_recipient: (args) => {
      const line = String(args.key).trim();
      if (!line.startsWith("age1")) return Promise.reject(unreadable(line));
      return (view = { ...view, recipients: [...view.recipients, { key: line, name: String(args.name).trim() }] });
    },
    remove_recipient: (args) => (view = { ...view, recipients: view.recipients.filter((one) => one.key !== args.recipient) }),
    verify_file: (args) => whole(args.path),
    verification_record: (args) => recordOf(whole(args.path)),
    export_verification: (args): ExportedFile => ({ path: args.target, name: args.target, size: "86 KB", sha256: "7c1e90a4".repeat(8), verified: false, fonts: [] }),
    names_to_mask: () => ["李静", "王建国"],
    countersign_package: (args): CountersignReport => {
      const { path, identity } = args.input as { path: string; identity: string };
      const signer = { name: "孟雪琴", organisation: "专家组", fingerprint: identity, time: "2026-11-22 10:00", trust: "own", role: "加签人", office: null, note: null } satisfies SignerView;
      added.set(path, [...(added.get(path) ?? []), signer]);
      const file = { path, name: path, size: "1.2 MB", sha256: "7c1e90a4".repeat(8), verified: true, fonts: [] };
      return { file, verification: whole(path) };
    },
  };
}
