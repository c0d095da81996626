import type { historyZh } from "./history.zh";

export const historyEn: typeof historyZh = {
  history: {
    title: "History", count: "{n} lines in this workspace", search: "Find code, name, person or text", groups: "Kind", all: "All", earlier: "Earlier ones", none: "Nothing was noted yet", noneFound: "No line fits", showAll: "Show all",
    group: { scores: "Scoring", evidence: "Evidence", life: "Finalise, sign, exchange", work: "Tasks, problems, writing" },
    when: "When", who: "Who", what: "What", where: "Where", change: "From → to", hash: "Hash", digest: "digest", hashHint: "Hash of line {n}: {hash}", nobody: "unknown", nothing: "empty", reason: "Reason: {text}",
    text: "Every change stands here. Lines are only ever added, each hooked into the one before: whoever changes, removes, inserts or swaps one breaks every hash behind it.", table: "History of changes",
  },
  historyCheck: {
    title: "Check the history", run: "Check now", running: "Checking…", text: "Computes every hash again and compares finalised revisions and recorded values. With a package that was handed over earlier it also finds a history that was rewritten as a whole.",
    against: "Compare with a package…", chooseTitle: "Choose packages that were handed over", package: "Packages", sound: "The history is whole; nobody touched it", unsound: "The history is not whole: {n} places do not agree",
    facts: "{rows} lines, {revisions} finalised revisions and {values} values were compared.", head: "Hash", same: "agrees with what was handed over ({n} lines then)", differs: "does not agree with what was handed over ({n} lines then)",
  },
  changes: {
    title: "What changed since signed revision {n}", by: "finalised and signed by {who}, {at}", none: "No mark, condition or remark changed", reason: "Reason", total: "Total", evidence: "{n} changes of the catalogue, see the history below", then: "Then", now: "Now", count: "{n} places", table: "Differences from the signed revision",
  },
  receipt: {
    title: "Receipts", none: "No receipt yet. Whoever imports the package gives a receipt (.hjr); drop it into the window, and it says here when which revision arrived.",
    arrived: "Arrived {at}", by: "received by {name} ({organisation})", revision: "Revision {n}", same: "What arrived is revision {n} as it is here, to the letter", differs: "What arrived as revision {n} is not what is here: compare the digests", package: "Package", content: "Digest of the package", digest: "Digest of the sheet", taken: "taken in {at}",
    unknown: "The receiver is not registered: verify this receipt and choose “Compare and register”", fingerprint: "Fingerprint", take: "Take the receipt in", taking: "Taking it in…", fresh: "The receipt was taken in", again: "This receipt was here already; nothing changed", give: "Give a receipt", giveTitle: "Give a receipt", giveText: "The receipt says that this package arrived, which sheets are in it and with which digests, signed by you. Copy it back to the stick: the sender's window then shows “arrived”.",
    identity: "Receiver", newIdentity: "Another identity…", directory: "Where to write it", placeholder: "Empty for the folder of the package", written: "The receipt was written", hand: "Copy this file to the sender.", sign: "Sign and write", file: "Receipts", result: { added: "new there", updated: "updated there to this revision", same: "was there already", conflicting: "something else was there and was kept" },
  },
};
