// The answers of the office, the requests and the list of trust, for looking at the page without the program.
import type { AcceptInput, Algorithm, CertificateView, HandedFile, IdentityView, IssueInput, Problem, TrustedView, TrustFile, TrustFileKind, TrustView } from "../api";

type Args = Record<string, unknown>;
const spoken = "04217 88310 00592 61744 30955 12086";
const certificate = (name: string, organisation: string, issuer: string | null): CertificateView => ({
  fingerprint: `${name} 7C1E 90A4 53BD 2F08 E6A1 4477`, spoken, name, organisation, issuer, from: "2026-03-01", until: "2029-03-02", term: "inForce", algorithm: "p256",
});
const OFFICE = "督导评估办公室";
const differs: Problem = { code: "package.heard-differs", what: "第 1 组对不上，没有采用", place: "听到的“11111”和这个文件的不同；没有改动任何内容。", todo: "请对方再念一遍这一组。" };
const kinds: [string, TrustFileKind][] = [["申请", "request"], ["名单", "list"], ["办公室", "office"], ["本人", "own"]];

export function trustAnswers(refuse: (problem: Problem) => unknown, options: URLSearchParams, identities: () => IdentityView[]): Record<string, (args: Args) => unknown> {
  const trusted = (name: string, acceptance: TrustedView["acceptance"], note: string): TrustedView => ({ certificate: certificate(name, "第二专家组", null), acceptance, since: "2026-03-02 16:00", note, list: null });
  let view: TrustView = {
    clock: { now: "2026-03-02 16:00 CST", problem: options.has("clock") ? { code: "trust.clock-behind", what: "这台电脑的时钟可能慢了", place: "时钟：2019-01-01 08:00；工作区里已有更晚的记录：2026-03-01 17:20。", todo: "核对系统的日期和时间。" } : null },
    identities: [], office: null, offices: [], people: options.has("empty") ? [] : [trusted("王思远", "unknown", ""), trusted("周敏", "byHand", "电话里听的"), trusted("李静", "revoked", "已不在这个单位")],
  };
  const own = (issuer: string | null, algorithm: Algorithm = "p256") => ({ certificate: { ...certificate("孟雪琴", "第二专家组", issuer), algorithm, fingerprint: `${algorithm} 7C1E 90A4` }, requested: null, officeAccepted: false, purpose: algorithm === "sm2" ? ("content" as const) : ("all" as const) });
  const handed = (name: string, aloud: string): HandedFile => ({ path: `/media/U盘/${name}`, name, spoken: aloud });
  return {
    trust: () => {
      if (view.identities.length === 0) view = { ...view, identities: identities().flatMap(({ algorithm }) => (algorithm === "sm2" ? [own(null, "sm2"), { ...own(null), purpose: "pdf" as const }] : [own(null)])) };
      return view;
    },
    trust_file: ({ path }): TrustFile => {
      const kind = kinds.find(([part]) => String(path).includes(part))?.[1] ?? "person";
      return { path: String(path), kind, name: kind === "office" || kind === "list" ? OFFICE : "孟雪琴", organisation: "第二专家组", algorithm: kind === "list" ? null : String(path).includes("SM2") ? "sm2" : "p256", certificate: null, list: kind === "list" ? { number: "2", written: "2026-03-02", count: 1, overdue: false } : null, known: false };
    },
    accept: (args) => {
      const { heard, what } = args.input as AcceptInput;
      if (heard.replaceAll(" ", "") !== spoken.replaceAll(" ", "")) return refuse(differs);
      const now = (one: TrustedView): TrustedView => (one.certificate.fingerprint === what ? { ...one, acceptance: "byHand" } : one);
      return (view = { ...view, offices: view.offices.map(now), people: view.people.map(now), identities: view.identities.map((one) => ({ ...one, officeAccepted: true })) });
    },
    withdraw: ({ who, reason }) => (view = { ...view, people: view.people.map((one) => (one.certificate.fingerprint === who ? { ...one, acceptance: "withdrawn", note: String(reason) } : one)) }),
    take_revocation_list: () => view,
    request_certificate: () => {
      view = { ...view, identities: view.identities.map((one) => ({ ...one, requested: "2026-03-02 16:01" })) };
      return handed("证书申请-孟雪琴.csr", spoken);
    },
    import_certificate: () => (view = { ...view, identities: [own(OFFICE)], offices: [{ ...trusted(OFFICE, "unknown", ""), certificate: certificate(OFFICE, "县教体局", null) }] }),
    create_office: () => {
      view = { ...view, office: { certificate: certificate(OFFICE, "县教体局", null), issued: [], list: null } };
      return view.office;
    },
    hand_office_certificate: () => handed("办公室证书.crt", spoken),
    issue_certificate: (args) => {
      const { heard, name, organisation } = args.input as IssueInput;
      if (heard.replaceAll(" ", "") !== spoken.replaceAll(" ", "")) return refuse(differs);
      if (view.office) view = { ...view, office: { ...view.office, issued: [{ certificate: certificate(name, organisation, OFFICE), at: "2026-03-02 16:02", revoked: null, reason: "" }] } };
      return handed("证书-孟雪琴.crt", spoken);
    },
    hand_certificate: () => handed("证书-孟雪琴.crt", spoken),
    revoke_certificate: () => {
      if (view.office) view = { ...view, office: { ...view.office, issued: view.office.issued.map((one) => ({ ...one, revoked: "2026-03-02 16:03", reason: "不再做评估" })), list: { number: "1", written: "2026-03-02", count: 1, overdue: false } } };
      return handed("撤销名单.crl", "");
    },
    renew_revocation_list: () => handed("撤销名单.crl", ""),
  };
}
export const TRUST_SPOKEN = spoken;
