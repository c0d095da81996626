// Answers about history and receipts for a plain browser.
import type { ChangesView, HistoryLine, HistoryQuery, HistoryReport, HistoryView, ReceiptReport, ReceiptView, VerifyReport } from "../bindings";

const HASH = "3e91c07ea4455bd2";
const line = (number: number, at: string, action: string, group: HistoryLine["group"], target: string, title: string, old: string | null, now: string | null, reason: string | null = null): HistoryLine =>
  ({ number, at, who: number % 7 === 0 ? "" : "周敏", action, group, target, title, old, new: now, reason, hash: `${String(number).padStart(4, "0")}${HASH.repeat(4)}`.slice(0, 64) });

const LINES: HistoryLine[] = [
  line(412, "2026-11-22 14:32:08", "得分", "scores", "4.5.3-4", "有效落实学生诚信教育情况", "5", "3"),
  line(411, "2026-11-22 14:31:50", "意见", "scores", "4.5.3-4", "有效落实学生诚信教育情况", null, "诚信教育只有开学典礼一次，未见班会记录和学生签订的承诺书；两年的考试违纪通报里有 4 人是本专业的。"),
  line(410, "2026-11-22 14:30:11", "条件", "scores", "4.5.3-6", "出现集体舞弊", null, "不存在"),
  line(409, "2026-11-22 09:12:44", "重开", "life", "", "", "9f31c07e".repeat(8), null, "漏看了补交的班会记录"),
  line(408, "2026-11-20 16:20:31", "签名并导出", "life", "7c1e90a4", "", null, "9f31c07e".repeat(8)),
  line(407, "2026-11-20 16:20:02", "定稿", "life", "", "", null, "9f31c07e".repeat(8)),
  line(406, "2026-11-20 15:02:40", "添加材料", "evidence", "4.5.3-4", "关于开展考风考纪教育的通知", null, "3fa8c1".repeat(10)),
  line(405, "2026-11-20 15:01:12", "撤销", "scores", "", "", null, null),
];

const CHANGES: ChangesView = {
  since: 1, at: "2026-11-20 16:20", signers: ["周敏"], digest: "9f31c07e".repeat(8), revision: 2, reason: "漏看了补交的班会记录", totalThen: "814", totalNow: "812", evidence: 1,
  lines: [
    { code: "4.5.3-4", title: "有效落实学生诚信教育情况", what: "得分", old: "5", new: "3" },
    { code: "4.5.3-4", title: "有效落实学生诚信教育情况", what: "意见", old: null, new: "诚信教育只有开学典礼一次，未见班会记录。" },
  ],
};

const report = (packages: string[]): HistoryReport => {
  const broken = packages.some((path) => path.includes("坏"));
  return {
    sound: !broken, rows: 412, head: `${HASH.repeat(4)}`, revisions: 2, values: 131, compared: packages.map((path) => ({ path, rows: 388, same: !path.includes("坏") })),
    problems: broken ? [{ code: "history.package-other", what: "历史和交出去的包对不上", place: "交出时第 388 条的校验值与现在的不同；从那以后历史被改写过。", todo: "以交出去的包为准；先整个拷一份工作区留证，再向管理人员报告。" }] : [],
  };
};

const receipt = (same: boolean): ReceiptView => ({
  id: same ? "r1" : "r2", at: "2026-11-21 09:05", takenAt: "2026-11-22 08:40", revision: 1, digest: "9f31c07e".repeat(8), same, result: same ? "added" : "conflicting", package: "并州分校-2026-复评-周敏-r1-交换包.hjp", content: "b41c77d0".repeat(8),
  signer: { name: "郑国栋", organisation: "省电大评估办公室", fingerprint: "7C1E 90A4 53BD 2F08 E6A1 4477", time: "2026-11-21 09:05", trust: same ? "trusted" : "unknown" } as ReceiptView["signer"],
});

/** `phase` of the sheet: a draft of the first revision has no receipts. */
export function historyAnswers(verify: (path: string) => VerifyReport, asked: URLSearchParams) {
  let receipts: ReceiptView[] = asked.has("receipts") ? [receipt(true), receipt(false)] : [];
  return {
    history: (args: Record<string, unknown>): HistoryView => {
      const query = args.query as HistoryQuery;
      const fits = (one: HistoryLine) => (query.group === null || one.group === query.group) && JSON.stringify(one).includes(query.text.trim());
      return { lines: query.before === null ? LINES.filter(fits) : [], more: false, rows: 412, head: HASH.repeat(4) };
    },
    changes_since_signed: () => (asked.has("reopened") ? CHANGES : null),
    check_history: (args: Record<string, unknown>) => report(args.packages as string[]),
    receipts: () => receipts,
    give_receipt: (args: Record<string, unknown>) => {
      const { directory } = args.input as { directory: string };
      return { path: `${directory || "/media/usb"}/并州分校-交换包-回执-郑国栋.hjr`, name: "并州分校-交换包-回执-郑国栋.hjr", size: "3 KB", sha256: "9f31c07e".repeat(8), verified: true, fonts: [] };
    },
    take_receipt: (args: Record<string, unknown>): ReceiptReport => {
      const fresh = receipts.length === 0;
      receipts = [receipt(true)];
      return { fresh, receipts, verification: verify(args.path as string) };
    },
  };
}
