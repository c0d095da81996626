// Looking at evidence for development in a plain browser: one answer of each kind, by the ending of the file's name.
import type { EvidenceItem, PreviewContent, Problem } from "../bindings";
import { ruled } from "./papers";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;
const refuse = (problem: Problem) => Promise.reject(problem);

/** Gray stripes as a bitmap of 24 bits. */
function stripes(width: number, height: number): ArrayBuffer {
  const row = Math.ceil((width * 3) / 4) * 4;
  const bytes = new ArrayBuffer(54 + row * height);
  const view = new DataView(bytes);
  [[0, 0x4d42, 2], [2, bytes.byteLength, 4], [10, 54, 4], [14, 40, 4], [18, width, 4], [22, height, 4], [26, 1, 2], [28, 24, 2], [34, row * height, 4]]
    .forEach(([at, value, size]) => (size === 2 ? view.setUint16(at!, value!, true) : view.setUint32(at!, value!, true)));
  for (let at = 54; at < bytes.byteLength; at += 1) view.setUint8(at, ((at - 54) % row) % 240 < 120 ? 210 : 120);
  return bytes;
}

const pdf = ruled(12);
const picture = stripes(640, 400);
const NONE: Record<string, PreviewContent> = {
  mp3: { kind: "none", why: "sound" }, mp4: { kind: "none", why: "film" }, doc: { kind: "none", why: "old" }, exe: { kind: "none", why: "other" }, zip: { kind: "none", why: "other" },
};

function contentOf(item: EvidenceItem): PreviewContent {
  const ending = item.fileName.split(".").at(-1)?.toLowerCase() ?? "";
  if (["jpg", "jpeg", "png"].includes(ending)) return { kind: "picture", width: 6400, height: 4000, shownWidth: 640, shownHeight: 400, bytes: picture.byteLength };
  if (ending === "txt") return { kind: "text", text: `${item.name}\n各学习中心：请于10月15日前报送考试安排。`, encoding: "gb18030", more: true };
  if (ending === "docx") {
    return { kind: "document", more: false, blocks: [{ text: item.name, heading: true, rows: [] }, { text: "各学习中心：现将有关事项通知如下。", heading: false, rows: [] }, { text: "", heading: false, rows: [["学习中心", "人数"], ["汾曲", "412"]] }] };
  }
  if (["xlsx", "csv"].includes(ending)) return { kind: "tables", more: false, tables: [{ name: "汇总", rows: [["学习中心", "应签", "实签"], ["汾曲", "412", "412"]], more: false }, { name: "明细", rows: [["姓名"], ["张燊"]], more: true }] };
  return NONE[ending] ?? { kind: "pdf", bytes: pdf.byteLength };
}

export function previewAnswers(find: (id: string) => EvidenceItem | undefined): Record<string, (args: Args) => unknown> {
  let ticket = 0;
  let shown: ArrayBuffer = pdf;
  return {
    preview_evidence: ({ item: id }) => {
      const item = find(id);
      if (!item || item.presence !== "present") {
        return refuse({ code: "app.evidence-wanting", what: `材料“${item?.name ?? ""}”：${item?.presence === "changed" ? "内容与添加时不同" : "文件不在了"}`, place: `${item?.fileName ?? ""}；目录没有变。`, todo: "在“支撑材料”里重新添加原件，或去掉这一件。" });
      }
      const content = contentOf(item);
      shown = content.kind === "picture" ? picture : pdf;
      ticket += 1;
      return { ticket, danger: item.fileName.endsWith(".exe") ? "program" : null, content };
    },
    preview_bytes: ({ from, to }) => shown.slice(from, to),
    leave_preview: () => null,
    open_evidence: ({ item: id, anyway }) => {
      const item = find(id);
      if (!anyway && item?.fileName.endsWith(".exe")) return refuse({ code: "app.executable", what: `没有打开“${item.fileName}”：这种文件会运行程序`, place: "里面的程序可能改动或拷走这台电脑上的文件。", todo: "只有确认来源可靠、知道它做什么，才选“仍然打开”。" });
      return null;
    },
  };
}
