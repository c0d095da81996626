// Answers about keys, masked copies and signatures on packages, in a plain browser.
import type { CountersignReport, KeysView, Problem, VerifyReport } from "../bindings";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;

const unreadable = (found: string): Problem => ({ code: "package.recipient-unreadable", what: `“${found}”不是收件钥匙，没有记下`, place: "收件钥匙是以 age1 开头的一行，共 62 个字母和数字。", todo: "请对方在“收件钥匙”里复制整行，再粘贴一次。" });
const key = (letter: string) => `age1${letter.repeat(58)}`;

export function exchangeAnswers(verified: (path: string) => VerifyReport): Record<string, (args: Args) => unknown> {
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
    names_to_mask: () => ["李静", "王建国"],
    countersign_package: (args): CountersignReport => {
      const { path, identity } = args.input as { path: string; identity: string };
      const before = verified(path);
      const signer = { name: "孟雪琴", organisation: "专家组", fingerprint: identity, time: "2026-11-22 10:00", trust: "own" as const, office: null, note: null };
      const file = { path, name: path, size: "1.2 MB", sha256: "7c1e90a4".repeat(8), verified: true, fonts: [] };
      return { file, verification: { ...before, signers: [...before.signers, signer] } };
    },
  };
}
