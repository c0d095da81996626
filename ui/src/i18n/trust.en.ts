export const trustEn = {
  trust: { own: "yourself", trusted: "registered", unknown: "not registered", revoked: "revoked", unfit: "not for signing", outOfTerm: "not in force", byOffice: "issued by {name}", compare: "Compare and register…" },
  trustPage: {
    title: "Identity and trust", clock: "This computer's clock {now}",
    expertText: "People must be able to see that you signed what you hand over. Go through these steps once; afterwards a signature needs only the passphrase.", unitText: "People must be able to see that your unit signed what it hands over. Go through these steps once; afterwards a signature needs only the passphrase.", officeText: "The office issues certificates to units and experts, so that files tell by themselves who signed them. Nothing goes to a network; files travel on a stick.",
    done: "done", now: "to do now", later: "later", anytime: "at any time",
  },
  certificate: {
    spoken: "Digits to read aloud", spokenHint: "Read them to the other side, who writes them down in their program", fingerprint: "Whole fingerprint (SHA-256)", issuer: "Issued by", self: "yourself; no office vouches yet", root: "the office itself (root)", term: "In force", period: "{from} to {until}",
    inForce: "in force", endsSoon: "ends soon", notYet: "not yet in force: check this computer's date first", expired: "expired",
  },
  trustOwn: {
    title: "My identity", make: "Make an identity",
    request: "Ask an office for a certificate", requestText: "Write a request file and hand it to the office on a stick. The office lets you read your digits aloud to know that the file is yours.", requestAct: "Write the request…", requested: "A request was written {at}; the office has to issue.", requestAgain: "Write it again…",
    take: "Use the certificate that the office issued", takeText: "When the certificate file has come back, open it under “Files received” at the right. Keys and passphrase stay.", taken: "Issued by {name}.", accept: "Register the office", acceptText: "Once the office is registered, whoever it issued a certificate to is known. Let the office read its digits aloud and write them down.", accepted: "{name} is registered.",
    another: "Make another identity…", isOffice: "This is an office that issues certificates…",
  },
  founding: {
    explain: "The office's certificate is like the specimen of a seal: units and experts register it once, and from then on whoever it issued a certificate to is known. Its key stays in this workspace and is opened with a passphrase.", name: "Name of the office", organisation: "Organisation",
    forget: "Let two people remember the passphrase. Without it nothing can be issued or revoked any more; a new office must be set up and registered by everybody.", create: "Set the office up", needName: "Enter the name of the office; it stands in every certificate", needOrganisation: "Enter the organisation",
  },
  trustOffice: {
    title: "The office", make: "Set the office up", hand: "Hand the office's certificate to units and experts", handText: "Write the certificate file and copy it for everybody; when they register it, read the digits below to them.", handAct: "Write the office's certificate…",
    issue: "Issue certificates for requests", issueText: "When a request (.csr) has come, open it under “Files received” at the right; let the person read the digits aloud, and issue when they agree.", issued: "{n} issued", none: "none issued yet", revoke: "Revoke when somebody leaves or loses a computer", revokeText: "Revoke in the records below; the program writes a new revocation list to be handed to everybody.", list: "Revocation list {number}, {written}, {n} certificates", renew: "Write the revocation list anew…", overdue: "a year has passed: write a new one and hand it out",
    records: "Certificates issued", person: "Name, organisation", at: "Issued", until: "In force until", state: "State", again: "Write the certificate again…", revokeAct: "Revoke…", revoked: "revoked {at}: {reason}", more: "More for “{name}”",
  },
  trustFile: {
    title: "Files received", text: "Open requests, certificates and revocation lists here, or drop them on the window. The program says what a file is and takes nothing over by itself.", file: "File", placeholder: "whole path of a .csr, .crt, .pem or .crl file", files: "Requests, certificates, lists", look: "See what it is", looking: "Looking…",
    request: "Request for a certificate of {name} ({organisation})", requestKnown: "A certificate was issued for this request before; issuing again makes one more.", issue: "Compare and issue…", needOffice: "Set the office up first, then issue.",
    own: "Certificate that an office issued to “{name}”, for an identity of this computer", import: "Use this certificate", ownKnown: "It is in use already.", imported: "The new certificate is in use. Keys and passphrase are the same; files that were signed before are not affected.",
    office: "Certificate of the office “{name}”", person: "Certificate of {name} ({organisation})", accept: "Compare and register…", known: "It is registered already.", accepted: "“{name}” is registered.",
    list: "Revocation list {number} of {name}, {written}, {n} certificates", takeList: "Use this list", listKnown: "A list as new as this is here already.", listTaken: "In use: verification and imports follow it from now on.",
  },
  trustList: {
    title: "List of trust", text: "Only the people and offices registered here count; no network is asked.", empty: "Nobody else is registered yet. Whoever signed a package that was imported, or whose certificate was opened above, is listed here.", who: "Who", how: "Known by", since: "Time",
    byHand: "digits were heard", byOffice: "issued by {name}", own: "the office of this workspace", unknown: "not compared", withdrawn: "taken off", revoked: "revoked: {reason}", office: "office", accept: "Compare and register…", withdraw: "Take off…", again: "Register again…",
    details: "Digits, fingerprint and time in force", withdrawTitle: "Take off the list", withdrawText: "After “{name}” was taken off, signatures with this certificate no longer count; what was imported stays. It can be registered again.", withdrawOffice: "After “{name}” was taken off, those whom it issued certificates to are “not registered” again; what was imported stays. It can be registered again.", reason: "Reason (may be empty)", withdrawAct: "Take off", withdrawnNow: "“{name}” was taken off.",
  },
  heard: {
    title: "Compare and register", intro: "Let {name} read the digits of their page “Identity and trust” to you, by telephone or in person, and write them down here. Do not copy them from this computer.", introOffice: "Let somebody of {name} read the office's digits to you, by telephone or in person, and write them down here. Do not use digits that came with the file.", label: "Digits that were heard (6 groups of 5)", count: "{n} of 30 written down", full: "A whole fingerprint (64 digits) that they sent another way may be pasted too.", note: "Note (may be empty), such as how they were compared", accept: "Register when they agree", several: "The package has several signers: whose digits are written down is registered.",
  },
  issuing: {
    title: "Compare and issue a certificate", intro: "Let {name} read their digits aloud and write them down here; the certificate is issued only when they agree.", name: "Name in the certificate", organisation: "Organisation in the certificate", years: "Years in force", passphrase: "Passphrase of the office", directory: "Folder that the certificate is written to (the stick)", issue: "Issue and write", done: "The certificate was written; hand the file back to {name}", spokenText: "When they register the office, read these digits to them:",
    needName: "Enter the name", needOrganisation: "Enter the organisation", needFolder: "Choose a folder", needPassphrase: "Enter the passphrase", needHeard: "Write the 30 digits down first",
  },
  revoking: {
    title: "Revoke a certificate", text: "Revoke the certificate of “{name}”. Later signatures no longer count; this cannot be undone, but a new certificate can be issued.", reason: "Reason", keyCompromise: "Somebody else may have the key (lost computer, known passphrase)", keyHint: "Earlier signatures no longer count either: whoever has the key can claim any time.", affiliationChanged: "No longer with the organisation", superseded: "Replaced by a newer certificate", cessation: "No longer assesses", unspecified: "Not said", revoke: "Revoke and write the list", done: "The revocation list was written; hand it to everybody who registered this office",
  },
  handing: {
    requestTitle: "Write a request for a certificate", officeTitle: "Write the office's certificate", againTitle: "Write the certificate again", listTitle: "Write the revocation list anew", directory: "Folder to write to (the stick)", passphrase: "Passphrase", write: "Write", done: "Written", spoken: "When it is compared, read these digits aloud:", close: "Close", folder: "Choose a folder",
  },
  unverified: { label: "The signer cannot be reached: import now, compare later", hint: "It can be compared at any time in the list of “Identity and trust”." },
};
