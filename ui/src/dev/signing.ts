// Answers about signing, in a plain browser: passphrases are remembered once one was given, “wrong” opens nothing.
import type { CellDifference, DrawnSignature, ExportedFile, IdentityView, Problem, SigningState } from "../bindings";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;

export const wrongPassphrase: Problem = { code: "passphrase-wrong", what: "口令不对", place: "没能解开“周敏”的私钥，没有签名；打分和文书都没有变", todo: "看一下大写锁定和输入法再试。" };
export const differences: CellDifference[] = [
  { page: null, place: "总分", printed: "812", computed: "806" },
  { page: 6, place: "指标 4.5.3 观测点“考风考纪，严格执行考场” 复评得分", printed: "8", computed: "2" },
  { page: 9, place: "总分", printed: "复评总分：812　复评结论等次：良好", computed: "复评总分：806　复评结论等次：良好" },
];

export function signingAnswers(identities: () => IdentityView[], kept: boolean) {
  const open = new Set<string>();
  const wave: [number, number][] = Array.from({ length: 40 }, (_, index) => [index * 20 + 100, 200 + Math.round(Math.sin(index / 2) * 80)]);
  const drawings = new Map<string, DrawnSignature>();
  const states = (): SigningState[] => identities().map(({ fingerprint }) => ({ fingerprint, open: open.has(fingerprint), drawn: drawings.get(fingerprint) ?? (kept ? { strokes: [wave] } : null) }));
  /** Whether a passphrase opens the key, which then stays open. */
  const unlock = (identity: string, passphrase: string): boolean => {
    if (passphrase === "wrong" || (passphrase === "" && !open.has(identity))) return false;
    open.add(identity);
    return true;
  };
  const answers: Record<string, (args: Args) => unknown> = {
    signing: states,
    forget_passphrases: () => { open.clear(); return null; },
    keep_drawing: (args) => {
      if (args.drawn === null) drawings.delete(args.identity as string);
      else drawings.set(args.identity as string, args.drawn as DrawnSignature);
      return states();
    },
    sign_pdf: (args): ExportedFile | Promise<never> => {
      const { target, identity, passphrase } = args.input as { target: string; identity: string; passphrase: string };
      if (!unlock(identity, passphrase)) return Promise.reject(wrongPassphrase);
      return { path: target, name: target.split("/").at(-1) ?? target, size: "231 KB", sha256: "7c1e90a4".repeat(8), verified: true, fonts: [] };
    },
  };
  return { answers, unlock };
}
