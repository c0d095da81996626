// What lies in the office's inbox: looked at, taken in, undone. It stays while other parts of the page are looked at.
import { computed, ref, shallowRef } from "vue";
import { ask, commands, problemOf } from "../api";
import type { ConflictsView, ImportRun, InboxRow, InboxView, MergeState, Problem } from "../api";

const files = ref<string[]>([]);
const unverified = ref(false);
const editions = ref(false);
const decisions = ref(false);
const view = shallowRef<InboxView | null>(null);
const runs = shallowRef<ImportRun[]>([]);
const contests = shallowRef<ConflictsView | null>(null);
const done = shallowRef<ImportRun | null>(null);
const busy = ref<"" | "looking" | "taking">("");
const problem = shallowRef<Problem | null>(null);
const filter = ref<MergeState | null>(null);

/** States whose rows ask something of a person. */
export const ASKING: ReadonlySet<MergeState> = new Set(["conflicting", "untrusted", "damaged", "refused", "otherEdition"]);
/** Endings of files that the inbox takes. */
export const ENDINGS = ["hjp", "age", "xlsx", "jsonl"];
/** Whether two rows show one thing in one file. */
export const isSame = (one: InboxRow | null, other: InboxRow) => one?.sheet.path === other.sheet.path && one.sheet.digest === other.sheet.digest;
export const SIGNS: Record<MergeState, string> = {
  added: "＋", updated: "↑", decision: "§", same: "＝", older: "↓", conflicting: "⇄", otherEdition: "≠", rejected: "／", untrusted: "？", damaged: "✕", refused: "✕",
};

const choice = () => ({ files: files.value, unverified: unverified.value, editions: editions.value, decisions: decisions.value });
const rows = computed<InboxRow[]>(() => (view.value?.rows ?? []).filter((row) => filter.value === null || row.sheet.state === filter.value));

async function guarded(kind: "looking" | "taking", work: () => Promise<void>): Promise<void> {
  if (busy.value !== "") return;
  busy.value = kind;
  problem.value = null;
  try {
    await work();
  } catch (error) {
    problem.value = problemOf(error);
  } finally {
    busy.value = "";
  }
}
async function loadRuns(): Promise<void> {
  const [list, contested] = await Promise.all([ask(commands.importRuns()), ask(commands.conflicts())]);
  runs.value = list;
  contests.value = contested;
}
function look(): Promise<void> {
  return guarded("looking", async () => {
    view.value = await ask(commands.inbox(choice()));
    if (!view.value.counts.some(({ state }) => state === filter.value)) filter.value = null;
  });
}
function add(paths: string[]): Promise<void> {
  const fresh = paths.filter((path) => !files.value.includes(path));
  if (busy.value !== "" || paths.length === 0) return Promise.resolve();
  done.value = null;
  files.value = [...files.value, ...fresh];
  return look();
}
/** Begins anew: what was allowed for some files is not allowed for the next. */
function clear(): void {
  files.value = [];
  unverified.value = false;
  editions.value = false;
  decisions.value = false;
  view.value = null;
  problem.value = null;
  filter.value = null;
}
function take(): Promise<void> {
  return guarded("taking", async () => {
    if (!view.value) return;
    done.value = await ask(commands.takeIn(choice(), view.value.digest));
    clear();
    await loadRuns();
  });
}
/** Keeps the contents that contend, so that they can be decided; says whether they are kept. */
async function keep(sheet: string): Promise<boolean> {
  let kept = false;
  await guarded("taking", async () => {
    if (!view.value) return;
    await ask(commands.keepContested(choice(), view.value.digest, sheet));
    view.value = await ask(commands.inbox(choice()));
    await loadRuns();
    kept = true;
  });
  return kept;
}
function undo(run: number): Promise<void> {
  return guarded("taking", async () => {
    done.value = await ask(commands.undoImport(run));
    await loadRuns();
  });
}
async function refresh(): Promise<void> {
  await guarded("looking", loadRuns);
  // What was shown may have another standing by now.
  if (view.value) await look();
}

export function useInbox() {
  return { files, unverified, editions, decisions, view, runs, contests, done, busy, problem, filter, rows, look, add, clear, take, keep, undo, refresh, loadRuns };
}
