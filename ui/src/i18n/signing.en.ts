// The English wording of signing: passphrases, drawn signatures, further signatures on a PDF.
import type { signingZh } from "./signing.zh";

export const signingEn: typeof signingZh = {
  signing: {
    open: "The passphrase was given and is remembered", openHint: "In memory only; closing, locking or four hours without use forget it.", forget: "Lock",
    drawn: "Drawn signature", drawnHint: "may be left out, the electronic signature counts all the same", none: "Nothing drawn; the name is printed in the signature block.", draw: "Draw…", redraw: "Draw anew…", without: "Leave out this time", use: "Use the kept one", kept: "kept with this identity", once: "this time only", forgetDrawing: "Delete the kept one",
    pad: "Frame for a drawn signature: write your name in it by finger, pen or mouse", padHint: "Write your name here", dialog: "Drawn signature", dialogText: "Write your name by finger, pen or mouse. It is printed in the signature block, beside name, organisation, time and the certificate's fingerprint.", takeBack: "Take back a stroke", clear: "Start over", keep: "Keep it with the identity “{name}” for next time", take: "Use this", picture: "The drawn signature",
    another: "Sign this PDF as well…", title: "Sign a PDF", text: "The file stays as it is; the signed one is written beside it, and every signature before yours stays valid.", file: "File to sign", target: "Write the signed one to", targetHint: "Full path of the new file, ending in .pdf", reason: "Reason", reasons: { member: "Signed by the assessor", head: "Signed by the head of the panel", unit: "Signed for the unit", office: "Signed for the assessment office" },
    identity: "Signer", sign: "Sign", running: "Signing…", done: "Signed; the signatures before it are all still valid.", written: "Written to {path}", close: "Close", needIdentity: "There is no identity on this computer yet; make one first.", needTarget: "Say where the signed file goes", needReason: "Give a reason", needPassphrase: "Give the passphrase", suffix: "signed-{name}",
    differences: "Where what is printed differs from what follows", where: "Where", printed: "Printed", computed: "Recomputed", page: "Page {n}", data: "Data inside", outside: "outside of tables", blank: "empty",
  },
};
