// Provisional: will be generated from the Rust command list (tauri-specta); names and shapes stay.
import { invoke as TAURI_INVOKE } from "@tauri-apps/api/core";

export const commands = {
  home: () => call<Home>("home"),
  rubric: (rubric: string) => call<RubricView>("rubric", { rubric }),
  createSheet: (input: NewSheet) => call<string>("create_sheet", { input }),
  openSheet: (sheet: string) => call<Desk>("open_sheet", { sheet }),
  setMark: (sheet: string, point: string, mark: string | null) => call<SheetState>("set_mark", { sheet, point, mark }),
  setLimit: (sheet: string, limit: string, present: boolean | null) => call<SheetState>("set_limit", { sheet, limit, present }),
  setRemark: (sheet: string, point: string, remark: string) => call<SheetState>("set_remark", { sheet, point, remark }),
  setDoubt: (sheet: string, point: string, doubt: boolean) => call<SheetState>("set_doubt", { sheet, point, doubt }),
  undo: (sheet: string) => call<SheetState>("undo", { sheet }),
  redo: (sheet: string) => call<SheetState>("redo", { sheet }),
  attachEvidence: (sheet: string, points: string[], paths: string[]) => call<AttachReport>("attach_evidence", { sheet, points, paths }),
  cancelWork: () => call<null>("cancel_work"), // stops the running attach or export
  updateEvidence: (sheet: string, item: string, fields: EvidenceFields) => call<EvidenceItem[]>("update_evidence", { sheet, item, fields }),
  linkEvidence: (sheet: string, item: string, point: string) => call<EvidenceItem[]>("link_evidence", { sheet, item, point }),
  unlinkEvidence: (sheet: string, item: string, point: string) => call<EvidenceItem[]>("unlink_evidence", { sheet, item, point }),
  removeEvidence: (sheet: string, item: string) => call<EvidenceItem[]>("remove_evidence", { sheet, item }),
  checkEvidence: (sheet: string) => call<EvidenceCheck>("check_evidence", { sheet }),
  openEvidence: (sheet: string, item: string) => call<null>("open_evidence", { sheet, item }), // with the system's program
  finalizeSheet: (sheet: string) => call<SheetState>("finalize_sheet", { sheet }),
  reopenSheet: (sheet: string, reason: string) => call<SheetState>("reopen_sheet", { sheet, reason }),
  createIdentity: (input: NewIdentity) => call<IdentityView>("create_identity", { input }),
  exportSheet: (input: ExportInput) => call<ExportReport>("export_sheet", { input }),
  verifyFile: (path: string) => call<VerifyReport>("verify_file", { path }),
  importPackage: (path: string) => call<ImportReport>("import_package", { path }),
  setLanguage: (language: Language) => call<null>("set_language", { language }), // language of problems, traces and reports
};

/** Events from the program: "progress" with this payload, while attaching or exporting. */
export type Progress = { task: "attach" | "export"; name: string; done: number; total: number }; // in KiB

export type Language = "zh" | "en";
/** A refusal. what happened / where (old, new, what stayed) / what to do; a stable code. */
export type Problem = { code: string; what: string; place: string; todo: string };

export type Home = {
  workspace: string; language: Language;
  sheets: SheetSummary[]; // latest change first
  rubrics: RubricSummary[]; identities: IdentityView[];
};
export type Stage = "self" | "trial" | "review";
export type SheetPhase = "draft" | "finalised" | "signed" | "superseded";
export type SheetSummary = {
  id: string; rubric: string; rubricTitle: string; unit: string; year: number; stage: Stage;
  assessor: string; organisation: string; revision: number; phase: SheetPhase;
  scored: number; points: number; missingEvidence: number;
  total: string; max: string; grade: string | null; gradeFailing: boolean;
  changedAt: string; // local time "2026-11-21 22:05"
  lastPoint: string | null; // where the assessor stopped: code
  lastPointTitle: string | null;
};
export type NewSheet = { rubric: string; unit: string; year: number; stage: Stage; assessor: string; organisation: string };

export type RubricSummary = { id: string; edition: string; title: string; titleEn: string; digest: string; total: string; step: string; indicators: number[]; points: number; source: string };
export type RubricView = {
  summary: RubricSummary; indicators: IndicatorView[]; // flat, in the order of the source
  notes: NoteView[]; readings: ReadingView[]; grades: { name: string; atLeast: string; sentence: string }[];
};
export type NoteView = { number: string; text: string };
export type ReadingView = { id: string; status: "printed" | "forced" | "inferred" | "open"; text: string; codes: string[] };
export type IndicatorView = {
  code: string; level: number; parent: string | null; title: string; text: string; note: string | null; max: string;
  lead: string[]; assisting: string[]; departments: string[]; collection: string | null; guidance: string | null;
  points: PointView[]; limits: LimitView[];
};
export type PointView = {
  code: string; label: string; // "（1）" or "" when the indicator is not split
  title: string; text: string; note: string | null; max: string; parts: PartView[];
  legal: string; // in words: 0–4 的整数
  choices: string[]; // every legal mark, when there are at most 16; else empty
};
export type PartView =
  | { kind: "award"; sentence: string; from: string; to: string; basis: "graded" | "unstated" }
  | { kind: "check"; sentence: string; amount: string }
  | { kind: "band"; sentence: string; bands: { from: string; to: string; sentence: string; choices: string[] }[] };
export type LimitView = { code: string; label: string; title: string; text: string; note: string | null; effect: "zero" | "cap"; cap: string | null };

export type Desk = { rubric: RubricView; state: SheetState; evidence: EvidenceItem[] };
export type SheetState = {
  id: string; unit: string; year: number; stage: Stage; assessor: string; organisation: string;
  revision: number; phase: SheetPhase; savedAt: string; // "22:05:41"
  canUndo: boolean; canRedo: boolean;
  points: PointState[]; // in the order of the source
  limits: { code: string; present: boolean | null }[];
  outcome: OutcomeView;
  open: string[]; // codes of points and limits that must be decided before finalising
  digest: string | null; // of the sheet, when finalised
};
export type PointState = {
  code: string; mark: string | null; remark: string; doubt: boolean; evidence: number; // how many files
  reference: string | null; // the unit's own mark, when this is a review and the self-evaluation is on this machine
  referenceRemark: string | null;
};
export type OutcomeView = {
  total: string; max: string; complete: boolean;
  lowest: string; highest: string; // what the total can still become
  grade: string | null; // null while it is open
  lowestGrade: string | null; highestGrade: string | null; gradeFailing: boolean;
  indicators: IndicatorOutcome[]; points: PointOutcome[];
  conclusion: Step[]; // trace of the grade: thresholds, conditions, vetoes
  vetoes: Step[]; belowLine: string[]; // level-2 codes under 60 %, certain
  belowLineLimit: number | null; // how many are too many (7)
};
export type IndicatorOutcome = { code: string; score: string; max: string; rate: string; percent: string; scored: number; points: number; trace: Step[] };
export type PointOutcome = { code: string; score: string | null; max: string; deducted: boolean; vetoed: boolean; trace: Step[] };
export type Step = { sentence: string; finding: string; amount: string | null; running: string | null };

export type EvidenceKind = "A" | "B" | "C" | "D" | "E";
export type EvidenceFields = { name: string; date: string; kind: EvidenceKind | null; note: string };
export type EvidenceItem = EvidenceFields & {
  id: string; fileName: string; size: string; bytes: number; sha256: string; addedAt: string;
  points: string[]; presence: "present" | "missing" | "changed";
};
export type AttachReport = { added: string[]; // ids
  duplicates: string[]; // names of files that were already there: linked, not copied again
  refused: { path: string; problem: Problem }[]; cancelled: boolean; evidence: EvidenceItem[]; state: SheetState };
export type EvidenceCheck = { checked: number; problems: { item: string; name: string; state: "missing" | "changed"; problem: Problem }[]; evidence: EvidenceItem[] };

export type IdentityView = { fingerprint: string; name: string; organisation: string; validUntil: string };
export type NewIdentity = { name: string; organisation: string; passphrase: string };
export type ExportInput = { sheet: string; directory: string; pdf: boolean; package: boolean; withEvidence: boolean; identity: string; passphrase: string };
export type ExportReport = { files: { path: string; name: string; size: string; sha256: string; verified: boolean }[]; state: SheetState };
export type SignerView = { name: string; organisation: string; fingerprint: string; time: string; trust: "own" | "trusted" | "unknown" };
export type VerifyReport = {
  path: string; kind: "package" | "pdf";
  verdict: "trusted" | "signer-unknown" | "unsigned" | "damaged" | "forged" | "newer-format";
  title: string; // the verdict in words
  signers: SignerView[]; facts: { label: string; value: string }[]; problems: Problem[];
};
export type ImportReport = { rows: { sheet: string; unit: string; assessor: string; result: "added" | "updated" | "same" | "conflicting" | "refused"; text: string }[]; evidenceAdded: number; verification: VerifyReport };

export type Result<T> = { status: "ok"; data: T } | { status: "error"; error: Problem };
async function call<T>(name: string, args?: Record<string, unknown>): Promise<Result<T>> {
  try { return { status: "ok", data: await TAURI_INVOKE<T>(name, args) }; }
  catch (error) { return { status: "error", error: error as Problem }; }
}
