// The English wording of masked and encrypted packages, and of signatures added to them.
import type { exchangeZh } from "./exchange.zh";

export const exchangeEn: typeof exchangeZh = {
  readers: {
    title: "Who may read it", mask: "Masked copy", maskHint: "Hides names, telephone and identity numbers; holds no evidence files and cannot be imported as the original",
    names: "Names to hide ({n})", namesPlaceholder: "One name a line", namesHint: "Begins with the names of the catalogue, the list of problems and the lists of names; change it as needed. The first character stays, the others become *; telephone and identity numbers are always hidden. The assessor signs and is not hidden.",
    encrypt: "Encrypt the package", encryptHint: "Only the chosen recipients and this workspace can open it; the PDF is not encrypted", to: "Encrypt to", nobody: "No recipients yet. Ask for the line of their key, then keep it below.", keys: "Keys and recipients…",
    needRecipient: "Encryption is chosen, but nobody to encrypt to.",
  },
  sealing: {
    title: "Keys for encrypted packages", own: "Packages sent to me", ownText: "Send this line to whoever is to send you packages. It is public: all that anybody can do with it is encrypt to you.",
    copy: "Copy", copied: "Copied", made: "Made on {date}.", older: "{n} earlier ones still open old packages.", make: "Make a key", renew: "Make a new one",
    renewText: "Send the new line to every sender afterwards; the old key stays, and earlier packages can still be opened.",
    others: "Packages that I send", none: "No recipients yet. They open “Keys for encrypted packages” in their Hengjian and send you that line.",
    name: "Name", namePlaceholder: "Such as City assessment office", key: "Their key", keyPlaceholder: "A line that begins with age1", add: "Keep",
    remove: "Remove", removeNamed: "Remove {name}", removeSure: "Remove it",
    safety: "Encryption is for lost sticks; who made a package and whether it was changed, the signatures say. The secret key stands in this workspace beside the evidence: without the workspace earlier encrypted packages cannot be opened, so keep backups.",
  },
  countersign: {
    title: "Sign this package", hint: "A panel signs in turn; content and earlier signatures stay as they are", noIdentity: "There is no identity on this machine yet. Make one under “Documents” of any sheet.",
    to: "Encrypt to afterwards (this workspace can always open it)", already: "This identity has signed the package already.", passphrase: "of the signer's identity", sign: "Sign", running: "Signing and verifying", done: "Signed; it now carries {n} signatures.",
  },
};
