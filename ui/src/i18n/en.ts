import { algorithmEn } from "./algorithm.en";
import { chartsEn } from "./charts.en";
import { deskEn } from "./desk.en";
import { distributionEn } from "./distribution.en";
import { documentsEn } from "./documents.en";
import { exchangeEn } from "./exchange.en";
import { factsEn } from "./facts.en";
import { formatEn } from "./format.en";
import { historyEn } from "./history.en";
import { inboxEn } from "./inbox.en";
import { libraryEn } from "./library.en";
import { officeEn } from "./office.en";
import { reportsEn } from "./reports.en";
import { panelEn } from "./panel.en";
import { piecesEn } from "./pieces.en";
import { recordEn } from "./record.en";
import { rectificationEn } from "./rectification.en";
import { scoreBookEn } from "./scoreBook.en";
import { signingEn } from "./signing.en";
import { startEn } from "./start.en";
import { tallyEn } from "./tally.en";
import { tasksEn } from "./tasks.en";
import { trustEn } from "./trust.en";
import { viewerEn } from "./viewer.en";
import { writingEn } from "./writing.en";
import type { Messages } from "./zh";

export const en: Messages = {
  ...chartsEn,
  ...deskEn,
  ...distributionEn,
  ...documentsEn,
  ...signingEn,
  ...exchangeEn,
  ...factsEn,
  ...formatEn,
  ...historyEn,
  ...inboxEn,
  ...libraryEn,
  ...officeEn,
  ...reportsEn,
  ...panelEn,
  ...piecesEn,
  ...recordEn,
  ...rectificationEn,
  ...scoreBookEn,
  ...startEn,
  ...tallyEn,
  ...tasksEn,
  ...algorithmEn,
  ...trustEn,
  ...viewerEn,
  ...writingEn,
  app: { name: "Hengjian", navigation: "Main navigation", sheetNavigation: "Views of this assessment", theme: "Switch light and dark" },
  nav: { home: "My assessments", office: "Inbox and results", rubrics: "Rubrics", verify: "Verify a file", trust: "Identity and trust" },
  common: { again: "Try again", cancel: "Cancel", close: "Close", choose: "Choose…", loading: "Reading…", stop: "Stop", actions: "Actions" },
  stage: { self: "Self", trial: "Trial", review: "Review" },
  phase: { draft: "Draft", running: "In progress", complete: "All scored", fresh: "Not begun", finalised: "To be signed", signed: "Signed", superseded: "Superseded" },
  phaseLong: { running: "In progress", complete: "All scored, to be finalised", fresh: "Not begun", finalised: "Final, to be signed", signed: "Signed", superseded: "Superseded" },
  state: {
    veto: "Veto", missing: "No evidence", doubt: "In doubt", deducted: "Deduction", unmet: "Does not conform", partial: "In progress", unscored: "Not scored", scored: "Scored",
    "veto-open": "Condition absent, not triggered", warning: "Needs attention", signed: "Signed", changed: "Changed",
  },
  tab: { desk: "Score", evidence: "Evidence", writing: "Writing", tasks: "Tasks", results: "Results", problems: "Problems", papers: "Documents", documents: "Sign", history: "History" },
  problem: {
    title: "That was not done", todo: "What to do", ok: "Understood", unexpected: "The program gave no result",
    unexpectedTodo: "What was saved has not changed. Try again; if it stays so, note the line above and pass it to your administrator.",
  },
  home: {
    title: "My assessments", count: "{n} on this computer", search: "Unit, rubric, assessor, year", import: "Import package…", create: "New assessment", filter: "Filter by state", all: "All",
    noneFound: "No assessment matches", showAll: "Show all", local: "Everything stays on this computer; the program does not use the network. Folder:",
    stoppedAt: "You stopped at", resume: "Go on", unit: "Unit / rubric", stage: "Stage", state: "State", progress: "Progress", total: "Total", grade: "Grade", todo: "To do", changed: "Last change",
    toSign: "sign", toFinalise: "finalise", toScore: "{n} to score", toAttach: "{n} without evidence",
    action: { running: "Go on", complete: "Finalise", fresh: "Begin", finalised: "Sign", signed: "View", superseded: "View" },
    createHead: "New", library: "Rubrics in the library: {n}",
    importHead: "Import", dropPackage: "Drop an .hjp file here", dropHint: "or choose one; it is verified first and written when you agree",
    firstTime: "Three steps",
  },
  create: {
    title: "New assessment", rubric: "Rubric", unit: "Assessed unit", year: "Year", stage: "Stage", assessor: "Assessor", organisation: "Assessor's organisation", create: "Create",
    example: { unit: "e.g. Bingzhou branch", assessor: "Name", organisation: "e.g. Panel 2" },
    need: { unit: "Enter the assessed unit: it is printed on the score sheet", assessor: "Enter the assessor's name", organisation: "Enter the assessor's organisation or panel" },
    needRubric: "Choose a rubric", needYear: "The year has four digits, such as 2026",
    stageHint: { self: "The unit scores itself.", trial: "A trial before the formal assessment.", review: "The panel scores; the unit's own marks stand beside when its self-assessment is on this computer." },
  },
  rubric: { size: "{total} marks, {points} points", checklist: "conformance checklist, {total} demands, {points} clauses", parent: "derived from {parent}", levels: "indicators by level: {levels}", step: "smallest step {step}", edition: "Edition {edition}", digest: "Digest" },
  import: {
    title: "Import a package or receipt", file: "Package or receipt", placeholder: "Full path of the .hjp or .hjr file; paste it or drop the file", text: "The file is verified first; you see who signed it before anything is written. Existing assessments are not overwritten.",
    verify: "Verify", write: "Write to this computer", running: "Writing…", result: "Result", detail: "Detail", evidence: "Evidence files written: {n}.",
    added: "new", updated: "updated", same: "same", conflicting: "conflict",
  },
  verify: {
    title: "Verify a file", text: "Whether a package or a score sheet PDF is complete, who signed it, and whether it was changed afterwards. Nothing is written.",
    file: "File", placeholder: "Full path of the file; paste it or drop the file", files: "Packages and score sheets", verify: "Verify", running: "Verifying…", package: "Package",
    signers: "Signatures", signer: "Signed by", time: "Time", fingerprint: "Fingerprint", trust: "Known",
  },
  verdict: {
    trusted: "Complete, the signature is valid and the signer is known.", "signer-unknown": "Complete and validly signed; this computer does not know the signer yet. Compare the fingerprint by telephone.",
    unsigned: "Complete but not signed: it does not prove who made it.", damaged: "The content does not match its list and cannot be used. Ask for a new export, or copy it again with another drive.",
    forged: "The signature does not match the content: it was changed after signing. Do not use it; contact the signer.", differs: "What the pages or the data say is not what follows from the marks. Do not use it; ask its author about the places below.", revoked: "The signer's certificate was revoked; the signature does not count. Ask the signer and the office.", unfit: "The certificate itself says that it is not for signing; the signature does not count.", "out-of-term": "The certificate was not in force at the time of signing. Compare the dates of both computers first.", "newer-format": "Written by a newer version that this one cannot read. Update the program.",
  },
  settings: {
    title: "Settings", language: "Language", theme: "Theme", light: "Light", dark: "Dark", system: "System", contrast: "High contrast", fontSize: "Text size", size100: "Standard", size112: "Large", size125: "Very large",
    ruleFont: "Font of the source", serif: "Serif", sans: "Sans", local: "Settings never change a mark. Role and language are kept with the workspace, the rest only changes what you see on this computer.",
    role: "Role", workspace: "Workspace",
  },
  desk: { indicators: "Indicators", scoring: "Scoring", previous: "Previous", next: "Next", resizeTree: "Width of the indicator pane", resizeEvidence: "Width of the evidence pane" },
  point: {
    point: "Point", max: "Max", unscored: "—", saving: "saving", refused: "Not recorded", markLabel: "Mark of {code}, {legal}", choices: "Mark of {code}", bands: "Band of {code}",
    backspaceAgain: "⌫ again", typeNumber: "type the number and press Enter", typeWithin: "Type a mark within {range}", inBand: "at discretion within the band", has: "Yes　{amount}", hasNot: "No　0",
    reference: "The unit's own reasons", remark: "{stage} remark", remarkPlaceholder: "Printed on the score sheet; say what was found when marks are taken off", remarkUnsaved: "not saved", characters: "characters: {n}", charactersOf: "characters: {n} of {most}",
    doubtOn: "Doubtful", doubtOff: "No longer doubtful", clear: "Make unscored", full: "Full marks",
    direct: "Enter a mark", override: "Override…", derive: "Rule by rule", deriveAgain: "Back to {mark}", reason: "{stage} reason", needsReason: "A written reason is needed; without it the sheet cannot be finalised",
    bandMeasured: "by the figures", bandProposed: "proposed by the figures", stillOpen: "Some rules are still open; the mark follows once all are decided",
  },
  basis: { graded: "Graded by extent", unstated: "Not said; graded by extent", check: "full marks if present, none if not" },
  limit: {
    absent: "Absent", present: "Present", undecided: "To be decided", zero: "A condition without marks: when present, {code} loses all {max}.", cap: "A condition without marks: when present, {code} gets at most {cap}.",
    zeroAll: "When present, {code} gets no marks.", veto: "When present, a veto: {conclusion}.", byFigures: "Decided once the figures are there: {condition}",
  },
  part: {
    reading: "Reading {id}", yes: "Yes", no: "No", taken: "Take {amount}", notTaken: "Take nothing", normal: "As it should be", nothing: "None", take: "take", give: "give", clear: "Clear this finding",
    less: "One less", more: "One more", allPresent: "All there", checkEach: "Check each", noneCounted: "None of them", notChecked: "{n} items, not checked", others: "Others", othersMissing: "Others missing", missing: "Missing", number: "Number",
    times: "{unit} × {amount}", kind: "Kind", title: "Title", titleHint: "such as a document or an award", base: "Base", coefficient: "{name} ({coefficient})", remove: "Remove this line", add: "Add an achievement", noEntries: "No achievements", noEntriesRecorded: "No achievements: 0",
    noneOfThese: "None of these", most: "{most} at most in all", mostEach: "{each} at most for each, {most} in all",
  },
  quantity: { first: "Figures first", label: "{name} ({unit})", empty: "empty", from: "from {codes}", mismatch: "Figures must agree. {name}: {values}" },
  conform: { yes: "Conforms", partly: "In part", no: "Does not", none: "Not applicable", applies: "applicable" },
  modality: { shall: "shall", may: "may", statement: "statement", duty: "duty" },
  adjustment: { actsOn: "Changes only the sum of {category}, not below 0", actsOnAll: "Changes the total, not below 0", waiting: "{n} to decide", none: "no change", row: "Adjustment" },
  notes: {
    guidance: "Guidance", collection: "What to collect", departments: "Responsible", lead: "Lead", assisting: "Assisting", readings: "Readings taken: {n}", general: "Notes of the rubric: {n}", note: "Note {number}",
  },
  reading: { printed: "printed", forced: "forced by the sums", inferred: "inferred", open: "open in the source" },
  trace: {
    title: "Reasoning", each: "Each step", sum: "score", unfinished: " (unfinished)", sentence: "Source", finding: "Finding", amount: "Change", running: "Running", empty: "No reasoning yet",
    ofPoint: "This point, {code}", ofIndicator: "{code} source (max {max})",
  },
  score: {
    total: "total", soFar: "so far", grade: "Grade", provisional: "Provisional", left: "left", items: "", leftN: "{n} left", range: "can reach {lowest}–{highest}", gradeCertain: "grade is certain", below: "Below 60 %", noGrades: "This rubric has no grades",
  },
  saved: { saved: "Saved", saving: "Saving…", refused: "{n} not recorded" },
  readOnly: {
    finalised: "Final: nothing can be changed. It can be reopened before signing, with a reason.", signed: "Signed: nothing can be changed. Reopening makes a new version and needs a reason.",
    superseded: "A newer version has replaced this one; it is for viewing only.", draft: "Can be changed.", toSign: "Sign",
  },
  evidence: {
    title: "Evidence", add: "Add", addTo: "Add to {code}", chooseTitle: "Add evidence", count: "files: {n}", ofPoint: "{code}  files: {n}", ofRest: "Others of this indicator: {n}", none: "{code} has no evidence yet",
    notHere: "Files belong to points, not to adjustments", noneHint: "You can score without evidence; the score sheet says so.", dropHint: "Drop files on a point; elsewhere they go to the current point", dropOn: "Release to add to {code}", noDate: "no date",
    name: "Name", date: "Date", dateExample: "e.g. 2021.09", kind: "Kind", note: "Note (document no.)", points: "Points", file: "File", size: "Size",
    open: "Open", remove: "Remove", removeTitle: "Remove evidence", removeText: "Remove “{name}” from the catalogue; points that no longer refer to it: {n}. This can be undone.", link: "Link", linkOther: "Link to a point…", linkTitle: "Link to a point",
    linkPlaceholder: "Code or text", unlink: "Unlink from {code}",
  },
  kind: { A: "Higher authority", B: "Provincial OU", C: "City, county", D: "Other", E: "Pictures", none: "No kind" },
  presence: { present: "File intact", missing: "File is missing", changed: "File differs from the one registered" },
  attach: { running: "Adding…", runningAndWaiting: "Adding… ({n} more waiting)", added: "{n} added", cancelled: "the rest was stopped" },
  catalogue: {
    title: "Evidence catalogue", search: "Name, number, code", check: "Check all", checking: "Checking…", stopped: "Stopped before the end.", allPresent: "{n} files checked, all as registered.", someWrong: "{n} files checked, {bad} with a problem.",
    number: "No.", empty: "No evidence yet", noneFound: "No evidence matches",
  },
  results: {
    conclusion: "Reasoning of the grade", conclusionHint: "how the grade came about", vetoes: "Vetoes", below: "Level 2 below 60 %", belowLimit: "fewer than {n} to pass",
    totalTrace: "Reasoning of the total", toDesk: "Score",
    indicator: "Indicator", 
  },
  whatIf: {
    title: "How much is missing, what to raise", hint: "changes no mark, only scores again", raises: "Marks left to gain, most first", gain: "To gain", more: "{n} more", less: "Show fewer",
    below: "Below the line, nearest first", missing: "Missing", chosen: "These reach the next grade", decides: "Decides the conclusion alone",
  },
  steps: {
    check: "Check", choose: "Documents", sign: "Sign", result: "Result", open: "{n} open", complete: "all scored", finalised: "final", chosen: "{n} chosen", waiting: "passphrase", signed: "signed", after: "written after signing", deliver: "ready to deliver",
  },
  check: {
    title: "1  Check", ready: "Ready to finalise", notReady: "Not ready", allScored: "All {n} points are scored", openPoints: "Points still open: {n}; follow the codes", allLimits: "Every condition is decided", openLimits: "Conditions neither present nor absent yet: {n}",
    noneMissing: "Every scored point has evidence", missing: "Points without evidence: {n}", missingHint: "can be exported, the sheet says so", noDoubts: "Nothing in doubt", doubts: "Points still in doubt: {n}", doubtHint: "have a look", more: "and {n} more", reasons: "Written reasons needed: {n}",
    digest: "Digest of the marks", finalize: "Finalise", finalizeHint: "Locks the marks; to change them, reopen with a reason.",
  },
  choose: {
    title: "2  Documents", pdf: "Score sheet", pdfHint: "marks, reasoning and signature, for printing", package: "Exchange package", packageHint: "for others to import or verify", withEvidence: "Put the evidence into the package (files: {n})",
  },
  sign: {
    title: "3  Sign", hint: "covers marks and documents", conclusion: "Conclusion", identity: "Signer", until: "valid until {date}", passphrase: "Passphrase", passphraseHint: "opens the key on this computer, kept in memory only", sign: "Sign and export",
    needFinal: "Finalise under “Check” first, then sign.", needDocument: "Choose at least one document.", needDirectory: "Say on the right which folder to write to.", superseded: "This version was superseded; sign the newer one.",
    running: "Signing…", used: "Signed. The passphrase is kept in memory only and can be forgotten at any time.", covers: "The signature covers a digest of everything in the sheet and the package. Changing one byte afterwards is found out.",
  },
  identity: {
    new: "Another identity…", title: "Create a signing identity", explain: "An identity is your electronic seal: the program makes a pair of keys on this computer, opened by a passphrase when you sign. Others compare the fingerprint to see that a file is yours and unchanged. No network and no application is needed.",
    name: "Name", organisation: "Organisation", passphrase: "Passphrase (8 characters or more)", again: "Passphrase again", forget: "The passphrase is not stored. If you forget it, create another identity; what was signed stays valid.",
    create: "Create identity", creating: "Making the keys…", needName: "Enter the name: it appears in the signature", needOrganisation: "Enter the organisation", needPassphrase: "At least 8 characters", needSame: "The two passphrases differ",
  },
  result: {
    title: "4  Result", directory: "Write to", placeholder: "Full path of a folder", seal: "Signed with Hengjian", written: "Files exported: {n}", verified: "Read back and verified after writing; the signature is valid.", unverified: "A file did not verify; export again.",
    note: "Files are written beside, verified and then renamed; pulling out the drive leaves no half file.",
  },
  reopen: {
    button: "Reopen…", title: "Reopen this assessment", text: "You can go on changing it; the record of finalising and the reason stay.", signedText: "The signed version is not changed. Reopening makes a new version and marks the signed one as superseded.",
    reason: "Reason", needReason: "Say why it is reopened",
  },
};
