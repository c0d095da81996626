// An entry of a sheet as it is kept, in words.
import type { RecordedEntry } from "../api";

type Say = (key: string, values?: Record<string, unknown>) => string;
const CONFORM: Record<string, string> = { 符合: "yes", 部分符合: "partly", 不符合: "no", 不适用: "none" };
type Kept = { mark?: string; met?: boolean; count?: { items?: number[]; more?: number }; entries?: { title?: string; base?: string }[]; conform?: string; value?: string; source?: string };

function keptOf(text: string): Kept | null {
  try {
    const kept: unknown = JSON.parse(text);
    return typeof kept === "object" && kept !== null ? kept : null;
  } catch {
    return null;
  }
}
function partWords(kept: Kept, t: Say): string {
  if (kept.met !== undefined) return t(kept.met ? "part.yes" : "part.no");
  if (kept.count) return t("migrate.counted", { n: (kept.count.items?.length ?? 0) + (kept.count.more ?? 0) });
  if (kept.entries) return kept.entries.map(({ title, base }) => `${title ?? ""} ${base ?? ""}`.trim()).join("，") || t("part.noEntries");
  if (kept.conform !== undefined) return t(`conform.${CONFORM[kept.conform] ?? "none"}`);
  return kept.mark ?? "";
}

/** What stands in an entry. A value of a form that is not known is shown as it is. */
export function recordedWords({ kind, code, value }: RecordedEntry, t: Say): string {
  const within = code.split("#")[1] ?? "";
  const kept = keptOf(value);
  if (kind === "part" && kept) return `${t("migrate.entry.part")} ${within} ${partWords(kept, t)}`;
  if (kind === "quantity" && kept?.value !== undefined) return `${within} ${kept.value}${kept.source ? `（${kept.source}）` : ""}`;
  if (kind === "condition") return `${t("migrate.entry.condition")} ${code} ${t(value === "true" ? "limit.present" : "limit.absent")}`;
  if (kind === "remark" || kind === "mark") return `${t(`migrate.entry.${kind}`)} ${value}`;
  return kind === "doubt" ? t("migrate.entry.doubt") : `${within} ${value}`.trim();
}
